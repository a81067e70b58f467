package dev.parley.engine.congestion;

/// The packets that the latest feedback passed over for the first time, with the marks they left
/// under. Confined to the loop of its peer.
public final class Missing {
  /// What a packet has that nobody wants to hear of again.
  public static final long NO_MARK = 0;

  /// Whoever loses more than this between two feedbacks asks again by itself.
  private static final int MOST = 64;

  private final long[] marks = new long[MOST];
  private final long[] left = new long[MOST];
  private int count;

  void clear() {
    count = 0;
  }

  void add(long mark, long leftAt) {
    if (mark != NO_MARK && count < MOST) {
      marks[count] = mark;
      left[count++] = leftAt;
    }
  }

  public int count() {
    return count;
  }

  /// The mark of one of them, in the order they left.
  public long mark(int index) {
    return marks[index];
  }

  /// When it left.
  public long leftAt(int index) {
    return left[index];
  }
}
