package dev.parley.protocol.sctp;

import dev.parley.wire.Octets;

/// FORWARD TSN (RFC 3758, section 3.2), read where it lies.
///
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------+---------------+-------------------------------+
/// |  Type = 192   |  Flags = 0x00 |        Length = Variable      |
/// +---------------+---------------+-------------------------------+
/// |                      New Cumulative TSN                       |
/// +-------------------------------+-------------------------------+
/// |           Stream-1            |       Stream Sequence-1       |
/// |                               …                               |
/// ```
final class ForwardTsnChunk {
  static final int HEADER = 8;

  private ForwardTsnChunk() {}

  static int cumulative(byte[] octets, int chunk) {
    return Octets.u32(octets, chunk + 4);
  }

  static int streams(byte[] octets, int chunk) {
    return (PacketReader.chunkLength(octets, chunk) - HEADER) / 4;
  }

  static int stream(byte[] octets, int chunk, int index) {
    return Octets.u16(octets, chunk + HEADER + 4 * index);
  }

  static int ssn(byte[] octets, int chunk, int index) {
    return Octets.u16(octets, chunk + HEADER + 4 * index + 2);
  }
}
