package dev.parley.bench;

import dev.parley.wire.Octets;

/// What the packets of [FanoutBench] carry: VP8 by its descriptor (RFC 7741, section 4.2), and in
/// it the packet's own number and length, so that a receiver knows what it should have got.
///
/// ```
///  | descriptor: X I, 15-bit picture id | VP8 frame header | number of the packet | octets | zeros …
///    4                                    10                 8                      2
/// ```
final class FanoutPayload {
  private static final int DESCRIPTOR = 4;
  private static final int NUMBER_AT = DESCRIPTOR + 10;
  private static final int LENGTH_AT = NUMBER_AT + 8;

  private FanoutPayload() {}

  /// Writes the part of a frame.
  static void write(
      byte[] octets, int at, int length, long number, long frame, boolean first, boolean key) {
    octets[at] = (byte) (first ? 0x90 : 0x80);
    octets[at + 1] = (byte) 0x80;
    Octets.put16(octets, at + 2, 0x8000 | (int) (frame & 0x7fff));
    int frameAt = at + DESCRIPTOR;
    octets[frameAt] = (byte) (key ? 0x10 : 0x11);
    octets[frameAt + 3] = (byte) 0x9d;
    octets[frameAt + 4] = 0x01;
    octets[frameAt + 5] = 0x2a;
    Octets.put16(octets, frameAt + 6, 0x0005);
    Octets.put16(octets, frameAt + 8, 0xd002);
    Octets.put64(octets, at + NUMBER_AT, number);
    Octets.put16(octets, at + LENGTH_AT, length);
  }

  /// The number of the packet, or -1 where it is not as it was sent.
  static long read(byte[] octets, int at, int length) {
    boolean whole = length > LENGTH_AT + 2 && Octets.u16(octets, at + LENGTH_AT) == length;
    return whole ? Octets.u64(octets, at + NUMBER_AT) : -1;
  }
}
