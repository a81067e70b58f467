package dev.parley.engine.turn;

import dev.parley.protocol.stun.StunAttribute;
import dev.parley.protocol.stun.StunMessage;
import dev.parley.protocol.stun.StunRefused;
import dev.parley.wire.Octets;
import java.util.Arrays;

/// Of a request that is answered later, what the answer needs.
///
/// @param header the request without its attributes
/// @param fingerprint whether it had a FINGERPRINT, as the answer then has
record Unanswered(byte[] header, boolean fingerprint) {
  static Unanswered of(StunMessage request) {
    byte[] header =
        Arrays.copyOfRange(request.octets(), request.at(), request.at() + StunMessage.HEADER);
    Octets.put16(header, 2, 0);
    return new Unanswered(header, request.has(StunAttribute.FINGERPRINT));
  }

  /// The request without its attributes, to answer it.
  StunMessage request() {
    try {
      return StunMessage.parse(header, 0, header.length);
    } catch (StunRefused refused) {
      throw new IllegalStateException("it was a message when it came", refused);
    }
  }
}
