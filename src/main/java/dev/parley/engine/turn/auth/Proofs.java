package dev.parley.engine.turn.auth;

import static dev.parley.protocol.stun.StunMessage.NONE;

import dev.parley.protocol.stun.StunAccessToken;
import dev.parley.protocol.stun.StunAttribute;
import dev.parley.protocol.stun.StunIntegrity;
import dev.parley.protocol.stun.StunIntegrity.Algorithm;
import dev.parley.protocol.stun.StunPasswordAlgorithm;
import dev.parley.protocol.stun.StunRefused;
import java.util.Arrays;

/// Finds the key of a request and verifies the request with it. Confined to one loop.
final class Proofs {
  /// The key is known, and it is not the one the request was signed with; or there is no such user.
  static final Credential NOBODY = new Credential("", "", "", Algorithm.SHA1, new byte[1], 0);

  /// Seconds by which the clock of an authorization server may differ (RFC 7635, section 4.1).
  private static final int CLOCK_SKEW = 5;

  /// Octets of a key made of a password with MD5 (RFC 8489, section 9.2.2).
  private static final int MD5_LENGTH = 16;

  private final StunIntegrity sha1 = new StunIntegrity(Algorithm.SHA1, new byte[1]);
  private final StunIntegrity sha256 = new StunIntegrity(Algorithm.SHA256, new byte[1]);

  /// The credential a request proves to hold, [#NOBODY], or null where only the database can tell.
  Credential prove(Case at, Realm realm, StunPasswordAlgorithm algorithm) throws StunRefused {
    if (at.claim().token() != NONE) {
      return byToken(at, realm);
    }
    if (at.bound() != null && at.claim().names(at.bound())) {
      Credential bound = at.bound();
      if (verifies(at, bound.key())) {
        return withAlgorithm(bound, answering(at));
      }
      // Who asked for the other digest of the same password has another key.
      if (bound.key().length == algorithm.keyLength()) {
        return NOBODY;
      }
    }
    if (at.key() != null) {
      return byFoundKey(at, realm, algorithm);
    }
    String username = at.claim().username();
    return username == null
            || realm.secrets().isEmpty()
            || TimeLimited.expiry(username) == TimeLimited.NOT
        ? null
        : bySecret(at, realm, algorithm, username);
  }

  /// A time-limited credential, of any secret that is active.
  private Credential bySecret(
      Case at, Realm realm, StunPasswordAlgorithm algorithm, String username) {
    long expiry = TimeLimited.expiry(username);
    if (expiry <= at.seconds()) {
      return NOBODY;
    }
    for (String secret : realm.secrets()) {
      String password = TimeLimited.password(secret, username);
      byte[] key = algorithm.key(username, realm.name(), password);
      if (verifies(at, key)) {
        String user = TimeLimited.user(username);
        return new Credential(realm.name(), user, username, answering(at), key, expiry);
      }
    }
    return NOBODY;
  }

  /// A user of the database.
  private Credential byFoundKey(Case at, Realm realm, StunPasswordAlgorithm algorithm) {
    FoundKey found = at.key();
    byte[] key = algorithm == StunPasswordAlgorithm.MD5 ? found.md5() : found.sha256();
    if (found.username() == null || key == null || !verifies(at, key)) {
      return NOBODY;
    }
    String user = found.username();
    return new Credential(realm.name(), user, user, answering(at), key, Credential.NEVER);
  }

  /// A token of an authorization server, whose key USERNAME names (RFC 7635, section 4).
  private Credential byToken(Case at, Realm realm) throws StunRefused {
    String kid = at.claim().username();
    Realm.OAuthKey key = kid == null ? null : realm.oauthKeys().get(kid);
    if (key == null || realm.oauthServer() == null || !key.validAt(at.seconds())) {
      return NOBODY;
    }
    StunAccessToken token;
    try {
      token = at.claim().open(key.algorithm(), key.octets(), realm.oauthServer());
    } catch (StunRefused forged) {
      return NOBODY;
    }
    long age = at.seconds() - token.made();
    byte[] macKey = proved(at, token.macKey());
    if (token.lifetime() + CLOCK_SKEW <= Math.abs(age) || macKey == null) {
      return NOBODY;
    }
    // No password, hence no password algorithm: the answer is protected as the request was.
    long expires = token.made() + token.lifetime() + CLOCK_SKEW;
    // Who goes on under another key stays who made the allocation.
    boolean goesOn = at.bound() != null && realm.oauthKeys().containsKey(at.bound().username());
    String user = goesOn ? at.bound().user() : kid;
    return new Credential(realm.name(), user, kid, strongest(at), macKey, expires);
  }

  /// The key of a token that protects a request, or null. coturn's client takes the first 16 octets
  /// of a longer one for SHA-1, as long as keys made of passwords are.
  private byte[] proved(Case at, byte[] macKey) {
    if (verifies(at, macKey)) {
      return macKey;
    }
    boolean cut = macKey.length > MD5_LENGTH && strongest(at) == Algorithm.SHA1;
    byte[] start = cut ? Arrays.copyOf(macKey, MD5_LENGTH) : null;
    return cut && verifies(at, start) ? start : null;
  }

  /// An instance with this key, until the next one is asked for.
  StunIntegrity keyed(Algorithm algorithm, byte[] key) {
    return (algorithm == Algorithm.SHA1 ? sha1 : sha256).key(key);
  }

  private boolean verifies(Case at, byte[] key) {
    return keyed(strongest(at), key).verifies(at.request());
  }

  /// Which of the two attributes counts: the stronger, where it is there (section 9.2.4).
  private static Algorithm strongest(Case at) {
    return at.request().has(StunAttribute.MESSAGE_INTEGRITY_SHA256)
        ? Algorithm.SHA256
        : Algorithm.SHA1;
  }

  /// How the answer is protected: as of old for who knows no password algorithms (section 9.2.4).
  private static Algorithm answering(Case at) {
    return at.claim().choosesAlgorithm() ? Algorithm.SHA256 : Algorithm.SHA1;
  }

  private static Credential withAlgorithm(Credential bound, Algorithm algorithm) {
    return bound.algorithm() == algorithm
        ? bound
        : new Credential(
            bound.realm(), bound.user(), bound.username(), algorithm, bound.key(), bound.expires());
  }
}
