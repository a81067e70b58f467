package dev.parley.protocol.rtp;

/// Reads numbers of any width, highest bit first. Confined to its owner and used again.
///
/// Behind the end everything is zero and [#overrun] is set: a caller reads a whole structure and
/// asks once.
final class BitReader {
  private byte[] octets;
  private int bit;
  private int end;
  private boolean overrun;

  /// @param at index of the first octet
  void open(byte[] from, int at, int length) {
    octets = from;
    bit = 8 * at;
    end = 8 * (at + length);
    overrun = false;
  }

  /// The next bits, 0 to 32 of them, as an unsigned number.
  long bits(int count) {
    if (count > end - bit) {
      overrun = true;
      bit = end;
      return 0;
    }
    long number = 0;
    int left = count;
    while (left > 0) {
      int within = bit & 7;
      int taken = Math.min(left, 8 - within);
      int octet = octets[bit >> 3] >> 8 - within - taken & (1 << taken) - 1;
      number = number << taken | octet;
      bit += taken;
      left -= taken;
    }
    return number;
  }

  int number(int count) {
    return (int) bits(count);
  }

  boolean flag() {
    return bits(1) != 0;
  }

  /// A number below a limit that is no power of two: the low ones take a bit less (AV1 RTP section
  /// A.8.1, `ns(n)`).
  int below(int limit) {
    int width = Integer.SIZE - Integer.numberOfLeadingZeros(limit);
    int shorter = (1 << width) - limit;
    int number = number(width - 1);
    return number < shorter ? number : (number << 1) - shorter + number(1);
  }

  /// An unsigned Exp-Golomb number (ITU-T H.264 section 9.1).
  long golomb() {
    int zeros = 0;
    while (!overrun && zeros < Integer.SIZE && !flag()) {
      zeros++;
    }
    return (1L << zeros) - 1 + bits(zeros);
  }

  /// Bits read since an index.
  int since(int at) {
    return bit - 8 * at;
  }

  /// Whether more was read than there is.
  boolean overrun() {
    return overrun;
  }
}
