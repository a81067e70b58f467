package dev.parley.protocol.rtcp;

import dev.parley.wire.Octets;

/// Reads extended reports (RFC 3611, section 3): the receiver reference time block and the answer
/// to it, which give a receiver that sends nothing its round-trip time.
///
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |V=2|P|reserved |   PT=XR=207   |             length            |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                              SSRC                             |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// | BT: RRTR=4    |   reserved    |       block length = 2        |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                        NTP timestamp, 64 bits                 |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// | BT: DLRR=5    |   reserved    |   block length, 3 a receiver  |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |            SSRC, last RR (LRR), delay since it (DLRR)         |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
final class ExtendedReportReader {
  /// Octets before the first block.
  static final int XR = 8;

  /// Block type of the receiver reference time report.
  static final int RRTR = 4;

  /// Block type of the answers to it.
  static final int DLRR = 5;

  /// Words of an RRTR block after its first.
  static final int RRTR_WORDS = 2;

  /// Words of a receiver in a DLRR block.
  static final int DLRR_WORDS = 3;

  private ExtendedReportReader() {}

  static RtcpRefusal read(byte[] octets, int at, int limit, RtcpVisitor visitor) {
    if (limit - at < XR) {
      return RtcpRefusal.BODY;
    }
    if (!wellFormed(octets, at + XR, limit)) {
      return RtcpRefusal.XR_BLOCK;
    }
    int sender = Octets.u32(octets, at + 4);
    for (int block = at + XR; block < limit; block = next(octets, block)) {
      int type = Octets.u8(octets, block);
      if (type == RRTR) {
        visitor.receiverReferenceTime(sender, Octets.u64(octets, block + 4));
      } else if (type == DLRR) {
        delays(octets, block + 4, next(octets, block), sender, visitor);
      }
    }
    return RtcpRefusal.NONE;
  }

  private static boolean wellFormed(byte[] octets, int at, int limit) {
    int block = at;
    while (block < limit) {
      if (limit - block < 4 || next(octets, block) > limit) {
        return false;
      }
      int words = Octets.u16(octets, block + 2);
      int type = Octets.u8(octets, block);
      if (type == RRTR && words != RRTR_WORDS || type == DLRR && words % DLRR_WORDS != 0) {
        return false;
      }
      block = next(octets, block);
    }
    return true;
  }

  private static int next(byte[] octets, int block) {
    return block + 4 * (Octets.u16(octets, block + 2) + 1);
  }

  private static void delays(byte[] octets, int from, int to, int sender, RtcpVisitor visitor) {
    for (int at = from; at < to; at += 4 * DLRR_WORDS) {
      visitor.delaySinceLastRr(
          sender, Octets.u32(octets, at), Octets.u32(octets, at + 4), Octets.u32(octets, at + 8));
    }
  }
}
