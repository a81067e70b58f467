package dev.parley.protocol.rtp;

import dev.parley.wire.Octets;

/// Redundant audio: the primary encoding of a packet behind copies of earlier ones (RFC 2198
/// section 3).
///
/// ```
///  0                   1                    2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3  4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |1|   block PT  |  timestamp offset         |   block length    |  a redundant block
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |0|   block PT  |                                                  the primary block
/// +-+-+-+-+-+-+-+-+
/// ```
///
/// Headers first, then blocks in the same order. `at` is the payload's first octet; `block` counts
/// from 0, the oldest; the accessors are for a payload that [#redundantBlocks] has accepted.
public final class RedPayload {
  /// More copies are a flood, not redundancy.
  public static final int MOST_BLOCKS = 32;

  private static final int HEADER = 4;

  private RedPayload() {}

  /// Redundant blocks in front of the primary one, 0 to [#MOST_BLOCKS], or [RtpPacket#MALFORMED] if
  /// headers or blocks do not fit. The primary block may be empty.
  public static int redundantBlocks(byte[] octets, int at, int length) {
    int end = at + length;
    int header = at;
    int data = 0;
    int blocks = 0;
    while (header < end && octets[header] < 0) {
      if (header + HEADER > end || blocks == MOST_BLOCKS) {
        return RtpPacket.MALFORMED;
      }
      data += blockLength(octets, at, blocks++);
      header += HEADER;
    }
    return header < end && data <= end - header - 1 ? blocks : RtpPacket.MALFORMED;
  }

  /// The payload type of a block, 0 to 127; of the primary one if `block` is their number.
  public static int payloadType(byte[] octets, int at, int block) {
    return octets[at + HEADER * block] & 0x7f;
  }

  /// How much earlier than the packet's timestamp a redundant block belongs, 0 to 16383.
  public static int timestampOffset(byte[] octets, int at, int block) {
    return Octets.u16(octets, at + HEADER * block + 1) >> 2;
  }

  /// Octets of a redundant block, 0 to 1023.
  public static int blockLength(byte[] octets, int at, int block) {
    return Octets.u16(octets, at + HEADER * block + 2) & 0x03ff;
  }

  /// Index of a redundant block's first octet; of the primary one's if `block` is their number.
  public static int blockAt(byte[] octets, int at, int blocks, int block) {
    int start = at + HEADER * blocks + 1;
    for (int i = 0; i < block; i++) {
      start += blockLength(octets, at, i);
    }
    return start;
  }

  /// Index of the primary block, or [RtpPacket#MALFORMED]; it lasts to the end of the payload.
  public static int primaryAt(byte[] octets, int at, int length) {
    int blocks = redundantBlocks(octets, at, length);
    return blocks < 0 ? RtpPacket.MALFORMED : blockAt(octets, at, blocks, blocks);
  }

  /// The payload type of the primary block, or [RtpPacket#MALFORMED].
  public static int primaryPayloadType(byte[] octets, int at, int length) {
    int blocks = redundantBlocks(octets, at, length);
    return blocks < 0 ? RtpPacket.MALFORMED : payloadType(octets, at, blocks);
  }
}
