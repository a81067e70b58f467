package dev.parley.engine.turn.auth;

import dev.parley.protocol.stun.StunAttribute;
import dev.parley.protocol.stun.StunMessage;
import dev.parley.protocol.stun.StunNonceCookie;
import dev.parley.wire.FiveTuple;
import dev.parley.wire.Transport;

/// How much a challenge may say, see [Amplification].
final class Challenge {
  private Challenge() {}

  /// Whether security features can be offered in answer to a request.
  ///
  /// @param length octets of the request, or of what it was without authentication
  /// @param algorithms octets of the value of PASSWORD-ALGORITHMS
  static boolean mayOfferFeatures(
      StunMessage request, int length, FiveTuple path, Realm realm, int algorithms) {
    if (path.transport() != Transport.UDP) {
      return true;
    }
    int answer =
        StunMessage.HEADER
            + attribute(4) // ERROR-CODE without a phrase
            + attribute(realm.octets().length)
            + attribute(StunNonceCookie.LENGTH + Nonces.BODY)
            + attribute(algorithms)
            + (realm.oauthServer() == null ? 0 : attribute(realm.oauthServer().length()))
            + (request.has(StunAttribute.FINGERPRINT) ? attribute(4) : 0);
    return answer <= Amplification.most(length, path.remote());
  }

  private static int attribute(int length) {
    return 4 + (length + 3 & ~3);
  }
}
