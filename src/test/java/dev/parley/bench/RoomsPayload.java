package dev.parley.bench;

import dev.parley.wire.Octets;

/// What the packets of a [RoomsBench] carry behind their codec's descriptor: whose they are, what
/// they are and when they were sent.
///
/// ```
///  | magic | publisher | encoding | octets of the packet | number of the frame | sent, ns since 1970 |
///    2       2           2          2                      4                     8
/// ```
final class RoomsPayload {
  static final int LENGTH = 20;

  /// The encoding of audio; those of video count from 0, the smallest.
  static final int AUDIO = 9;

  /// VP8 descriptor with 15 bits of picture id, TL0PICIDX, TID and KEYIDX (RFC 7741, section 4.2).
  static final int VP8_DESCRIPTOR = 6;

  /// Frame tag, start code and size (RFC 6386, section 9.1), in every part so that what follows has
  /// one place.
  static final int VP8_AT = VP8_DESCRIPTOR + 10;

  /// Behind the table of contents of Opus (RFC 6716, section 3.1).
  static final int OPUS_AT = 1;

  private static final int MAGIC = 0x5b1d;

  private RoomsPayload() {}

  static void write(
      byte[] octets, int at, int publisher, int encoding, int length, int frame, long sent) {
    Octets.put16(octets, at, MAGIC);
    Octets.put16(octets, at + 2, publisher);
    Octets.put16(octets, at + 4, encoding);
    Octets.put16(octets, at + 6, length);
    Octets.put32(octets, at + 8, frame);
    Octets.put64(octets, at + 12, sent);
  }

  /// Whether a payload is as it was sent.
  ///
  /// @param length of the whole payload
  static boolean sound(byte[] octets, int at, int length) {
    return Octets.u16(octets, at) == MAGIC && Octets.u16(octets, at + 6) == length;
  }

  static int publisher(byte[] octets, int at) {
    return Octets.u16(octets, at + 2);
  }

  static int encoding(byte[] octets, int at) {
    return Octets.u16(octets, at + 4);
  }

  static long sent(byte[] octets, int at) {
    return Octets.u64(octets, at + 12);
  }

  /// Where the mark of a packet stands that has pictures of a [RoomsFilm]: behind them.
  ///
  /// @param header octets of the packet's header
  /// @param payload octets behind it
  static int markAt(int header, int payload) {
    return header + payload - LENGTH;
  }

  /// Writes what stands before it in a packet of VP8.
  static void vp8(
      byte[] octets,
      int at,
      boolean first,
      boolean key,
      int picture,
      int tl0,
      int temporal,
      boolean sync,
      int width,
      int height) {
    descriptor(octets, at, first, picture, tl0, temporal, sync);
    int frame = at + VP8_DESCRIPTOR;
    octets[frame] = (byte) (key ? 0x10 : 0x11);
    octets[frame + 3] = (byte) 0x9d;
    octets[frame + 4] = 0x01;
    octets[frame + 5] = 0x2a;
    octets[frame + 6] = (byte) width;
    octets[frame + 7] = (byte) (width >> 8);
    octets[frame + 8] = (byte) height;
    octets[frame + 9] = (byte) (height >> 8);
  }

  /// The descriptor alone (RFC 7741, section 4.2).
  static void descriptor(
      byte[] octets, int at, boolean first, int picture, int tl0, int temporal, boolean sync) {
    octets[at] = (byte) (0x80 | (first ? 0x10 : 0) | (temporal == 2 ? 0x20 : 0));
    octets[at + 1] = (byte) 0xe0;
    Octets.put16(octets, at + 2, 0x8000 | picture);
    octets[at + 4] = (byte) tl0;
    octets[at + 5] = (byte) (temporal << 6 | (sync ? 0x20 : 0));
  }
}
