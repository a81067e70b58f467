package dev.parley.protocol.rtcp;

import dev.parley.wire.Octets;

/// Reads a source description packet (RFC 3550, section 6.5).
///
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |V=2|P|    SC   |  PT=SDES=202  |             length            |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                              SSRC                             |  SC chunks
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |      item     |     length    | text ...   0 ends the list    |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
final class SdesReader {
  /// The item type of the canonical name.
  static final int CNAME = 1;

  private static final RtcpVisitor NOBODY = new RtcpVisitor() {};

  private SdesReader() {}

  /// Walks the chunks twice, so that nothing of a malformed packet is told.
  static RtcpRefusal read(byte[] octets, int at, int limit, int chunks, RtcpVisitor visitor) {
    if (!walk(octets, at, limit, chunks, NOBODY)) {
      return RtcpRefusal.TEXT;
    }
    walk(octets, at, limit, chunks, visitor);
    return RtcpRefusal.NONE;
  }

  private static boolean walk(byte[] octets, int at, int limit, int chunks, RtcpVisitor visitor) {
    int chunk = at + RtcpReader.HEADER;
    for (int i = 0; i < chunks && chunk >= 0; i++) {
      chunk = chunk(octets, chunk, at, limit, visitor);
    }
    return chunk >= 0;
  }

  /// Where the next chunk begins, or -1.
  private static int chunk(byte[] octets, int chunk, int at, int limit, RtcpVisitor visitor) {
    if (chunk + 8 > limit) {
      return -1;
    }
    int item = chunk + 4;
    while (item < limit && octets[item] != 0) {
      if (item + 2 > limit || item + 2 + Octets.u8(octets, item + 1) > limit) {
        return -1;
      }
      int length = Octets.u8(octets, item + 1);
      if (octets[item] == CNAME) {
        visitor.sdesCname(Octets.u32(octets, chunk), octets, item + 2, length);
      }
      item += 2 + length;
    }
    // One to four zero octets end the list at a multiple of four from the packet's start.
    int next = at + (item - at + 4 & ~3);
    return next > limit ? -1 : next;
  }
}
