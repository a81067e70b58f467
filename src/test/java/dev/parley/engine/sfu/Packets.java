package dev.parley.engine.sfu;

import dev.parley.protocol.rtp.RtpPacket;
import java.util.Arrays;

/// Puts RTP packets into rings as SRTP would.
final class Packets {
  static final long MILLISECOND = 1_000_000;
  static final long SECOND = 1_000_000_000;
  static final int SSRC = 0x11223344;

  private Packets() {}

  /// A packet whose payload is its sequence number's lowest octet, repeated.
  static int put(PacketRing ring, int sequence, int timestamp, boolean marker, int size, long now) {
    int slot = ring.reserve();
    byte[] octets = ring.octets(slot);
    int at = ring.at(slot);
    RtpPacket.putHeader(octets, at, marker, 96, sequence, timestamp, SSRC);
    int payload = at + RtpPacket.FIXED_HEADER;
    Arrays.fill(octets, payload, payload + size, (byte) sequence);
    return ring.commit(RtpPacket.FIXED_HEADER + size, now);
  }

  static int put(PacketRing ring, int sequence, int timestamp, long now) {
    return put(ring, sequence, timestamp, false, 100, now);
  }

  /// The payload of a slot is the one that was put there with this sequence number.
  static boolean intact(PacketRing ring, int slot, int sequence) {
    for (int i = 0; i < ring.payloadLength(slot); i++) {
      if (ring.octets(slot)[ring.payloadAt(slot) + i] != (byte) sequence) {
        return false;
      }
    }
    return true;
  }
}
