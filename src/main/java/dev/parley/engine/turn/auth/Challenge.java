package dev.parley.engine.turn.auth;

import dev.parley.protocol.stun.StunAttribute;
import dev.parley.protocol.stun.StunMessage;
import dev.parley.protocol.stun.StunNonceCookie;
import dev.parley.wire.FiveTuple;
import dev.parley.wire.Transport;

/// How much a challenge may say: over UDP, where the source may be forged, an answer is never
/// longer than 1.6 times its request, counted with the headers of IP and UDP.
final class Challenge {
  private static final int IPV4_UDP = 28;
  private static final int IPV6_UDP = 48;

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
    int headers = path.remote().ipv4() ? IPV4_UDP : IPV6_UDP;
    int answer =
        StunMessage.HEADER
            + attribute(4) // ERROR-CODE without a phrase
            + attribute(realm.octets().length)
            + attribute(StunNonceCookie.LENGTH + Nonces.BODY)
            + attribute(algorithms)
            + (realm.oauthServer() == null ? 0 : attribute(realm.oauthServer().length()))
            + (request.has(StunAttribute.FINGERPRINT) ? attribute(4) : 0);
    return 5 * (answer + headers) <= 8 * (length + headers);
  }

  private static int attribute(int length) {
    return 4 + (length + 3 & ~3);
  }
}
