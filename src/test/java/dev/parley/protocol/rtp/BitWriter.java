package dev.parley.protocol.rtp;

import java.util.Arrays;

/// Writes numbers of any width, highest bit first.
final class BitWriter {
  private byte[] octets = new byte[4096];
  private int size;

  void clear() {
    octets = new byte[4096];
    size = 0;
  }

  void put(long number, int count) {
    for (int i = count - 1; i >= 0; i--) {
      octets[size >> 3] |= (byte) ((number >> i & 1) << 7 - (size & 7));
      size++;
    }
  }

  /// `ns(limit)`: shorter for the numbers that are low enough.
  void below(int limit, int number) {
    int width = Integer.SIZE - Integer.numberOfLeadingZeros(limit);
    int shorter = (1 << width) - limit;
    if (number < shorter) {
      put(number, width - 1);
    } else {
      put(number + shorter, width);
    }
  }

  byte[] octets() {
    return Arrays.copyOf(octets, size + 7 >> 3);
  }
}
