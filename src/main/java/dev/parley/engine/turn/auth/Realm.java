package dev.parley.engine.turn.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.media.TurnOAuthKey;
import dev.parley.media.TurnRealm;
import dev.parley.protocol.stun.StunAccessToken;
import dev.parley.protocol.stun.StunNonceCookie.Feature;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// One realm, made ready for the requests of its clients. Immutable.
///
/// @param octets the name as REALM carries it
/// @param secrets those of its own, see the package note
/// @param features what its nonces tell
record Realm(
    String name,
    byte[] octets,
    List<String> secrets,
    Map<String, OAuthKey> oauthKeys,
    String oauthServer,
    int features) {
  /// A key shared with an authorization server.
  record OAuthKey(TurnOAuthKey shared, StunAccessToken.Algorithm algorithm) {
    byte[] octets() {
      return shared.key();
    }

    boolean validAt(long seconds) {
      return seconds >= shared.from()
          && (shared.lifetime() == 0 || seconds <= shared.from() + shared.lifetime());
    }
  }

  /// @param secrets those of its secrets that no realm before it has
  static Realm of(TurnRealm realm, List<String> secrets) {
    Map<String, OAuthKey> keys = new HashMap<>();
    for (TurnOAuthKey key : realm.oauthKeys()) {
      StunAccessToken.Algorithm algorithm = StunAccessToken.Algorithm.of(key.algorithm());
      if (algorithm == null || key.key().length < algorithm.keyLength()) {
        throw new IllegalArgumentException("OAuth key " + key.kid() + ": " + key.algorithm());
      }
      keys.put(key.kid(), new OAuthKey(key, algorithm));
    }
    int features = Feature.PASSWORD_ALGORITHMS.mask();
    // A client must send USERHASH where it is offered (section 9.2.5), and no computed credential
    // can be found by its hash.
    features |= secrets.isEmpty() ? Feature.USERNAME_ANONYMITY.mask() : 0;
    return new Realm(
        realm.name(),
        realm.name().getBytes(UTF_8),
        List.copyOf(secrets),
        Map.copyOf(keys),
        realm.oauthServer(),
        features);
  }

  /// Nothing secret.
  @Override
  public String toString() {
    return "Realm[" + name + "]";
  }
}
