package dev.parley.protocol.rtp;

import dev.parley.wire.Octets;

/// The payload of a retransmission: the original sequence number, then the original payload (RFC
/// 4588 section 4).
///
/// ```
///  0                   1
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |              OSN              |  original payload ...
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
public final class RtxPayload {
  /// Octets in front of the original payload.
  public static final int HEADER = 2;

  private RtxPayload() {}

  /// The sequence number of the packet that is sent again, 0 to 65535, or [RtpPacket#MALFORMED]; a
  /// probe of padding alone has none.
  public static int originalSequence(byte[] octets, int at, int length) {
    return length < HEADER ? RtpPacket.MALFORMED : Octets.u16(octets, at);
  }

  /// Writes the lowest 16 bits in front of an original payload.
  public static void putOriginalSequence(byte[] octets, int at, int sequence) {
    Octets.put16(octets, at, sequence);
  }
}
