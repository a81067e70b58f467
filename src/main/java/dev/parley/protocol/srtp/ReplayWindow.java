package dev.parley.protocol.srtp;

/// Which indices of one stream have been seen (RFC 3711, section 3.3.2), and the highest of them.
/// Confined to one thread.
///
/// A ring of bits: the index modulo the size is its place.
final class ReplayWindow {
  /// How far back a packet may be: more than a second of the fastest video, so that what is sent
  /// again on the same SSRC still finds its place.
  static final int SIZE = 1024;

  private static final int MASK = SIZE - 1;

  private final long[] seen = new long[SIZE / Long.SIZE];
  private long highest;

  /// A window that has seen one index.
  ReplayWindow(long first) {
    highest = first;
    seen[word(first)] |= bit(first);
  }

  long highest() {
    return highest;
  }

  /// 0 if the index may be accepted, or the code of a refusal. Changes nothing.
  int check(long index) {
    if (index > highest) {
      return 0;
    }
    if (index < PacketIndex.FIRST || highest - index >= SIZE) {
      return SrtpRefusal.TOO_OLD.code();
    }
    return (seen[word(index)] & bit(index)) == 0 ? 0 : SrtpRefusal.REPLAYED.code();
  }

  /// Notes an index that [#check] has let pass and whose packet was authentic.
  void accept(long index) {
    if (index > highest) {
      advance(index);
    }
    seen[word(index)] |= bit(index);
  }

  private void advance(long index) {
    long from = Math.max(highest + 1, index - SIZE + 1);
    for (long skipped = from; skipped <= index; skipped++) {
      seen[word(skipped)] &= ~bit(skipped);
    }
    highest = index;
  }

  private static int word(long index) {
    return ((int) index & MASK) >>> 6;
  }

  private static long bit(long index) {
    return 1L << index;
  }
}
