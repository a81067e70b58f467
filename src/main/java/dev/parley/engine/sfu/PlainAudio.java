package dev.parley.engine.sfu;

import dev.parley.protocol.rtp.RedPayload;

/// Takes the copies of earlier packets out of redundant audio (RFC 2198), for receivers that do not
/// take it. One per loop, confined to it.
final class PlainAudio {
  private final byte[] octets = new byte[2048];

  /// The payload type of what a RED packet carries for its own time, or negative.
  static int type(PacketRing ring, int slot) {
    int length = ring.payloadLength(slot);
    return RedPayload.primaryPayloadType(ring.octets(slot), ring.payloadAt(slot), length);
  }

  /// Writes a RED packet's header and, behind it, what it carries for its own time.
  ///
  /// @return octets of payload
  int unwrap(PacketRing ring, int slot) {
    byte[] from = ring.octets(slot);
    int payload = ring.payloadAt(slot);
    int length = ring.payloadLength(slot);
    int primary = RedPayload.primaryAt(from, payload, length);
    int header = ring.headerLength(slot);
    int left = payload + length - primary;
    System.arraycopy(from, ring.at(slot), octets, 0, header);
    System.arraycopy(from, primary, octets, header, left);
    return left;
  }

  /// Where it is written, from the first octet on.
  byte[] octets() {
    return octets;
  }
}
