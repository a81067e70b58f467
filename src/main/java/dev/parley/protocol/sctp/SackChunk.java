package dev.parley.protocol.sctp;

import dev.parley.wire.Octets;

/// SACK (RFC 9260, section 3.3.4), read where it lies.
///
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------+---------------+-------------------------------+
/// |   Type = 3    |  Chunk Flags  |         Chunk Length          |
/// +---------------+---------------+-------------------------------+
/// |                      Cumulative TSN Ack                       |
/// +---------------------------------------------------------------+
/// |           Advertised Receiver Window Credit (a_rwnd)          |
/// +-------------------------------+-------------------------------+
/// | Number of Gap Ack Blocks = N  |  Number of Duplicate TSNs = M |
/// +-------------------------------+-------------------------------+
/// |    Gap Ack Block #1 Start     |     Gap Ack Block #1 End      |
/// |                               …                               |
/// |                       Duplicate TSN 1                         |
/// |                               …                               |
/// ```
final class SackChunk {
  static final int HEADER = 16;

  private SackChunk() {}

  static int cumulative(byte[] octets, int chunk) {
    return Octets.u32(octets, chunk + 4);
  }

  /// 0 to 4294967295.
  static long window(byte[] octets, int chunk) {
    return Octets.u32(octets, chunk + 8) & 0xffff_ffffL;
  }

  static int gaps(byte[] octets, int chunk) {
    return Octets.u16(octets, chunk + 12);
  }

  static int duplicates(byte[] octets, int chunk) {
    return Octets.u16(octets, chunk + 14);
  }

  /// Of a block: its first TSN's distance from the cumulative one.
  static int start(byte[] octets, int chunk, int gap) {
    return Octets.u16(octets, chunk + HEADER + 4 * gap);
  }

  static int end(byte[] octets, int chunk, int gap) {
    return Octets.u16(octets, chunk + HEADER + 4 * gap + 2);
  }

  /// The length its counts promise.
  static int length(byte[] octets, int chunk) {
    return HEADER + 4 * (gaps(octets, chunk) + duplicates(octets, chunk));
  }
}
