package dev.parley.engine.peer;

/// The buffers that packets wait in, of all peers of a loop: a peer for which nothing waits has
/// none. Confined to that loop.
final class HoldingPool {
  /// Packets that may wait in a loop: 13 MB, a second of a hundred megabits.
  private static final int MOST = 8192;

  /// Free buffers that are kept.
  private static final int KEPT = 1024;

  private Held free;
  private int kept;
  private int out;

  /// One, or null where too many are out.
  Held take() {
    if (out == MOST) {
      return null;
    }
    out++;
    Held taken = free;
    if (taken == null) {
      return new Held();
    }
    kept--;
    free = taken.next;
    taken.next = null;
    return taken;
  }

  void give(Held back) {
    out--;
    back.stream = null;
    if (kept < KEPT) {
      kept++;
      back.next = free;
      free = back;
    }
  }

  /// How many are out.
  int out() {
    return out;
  }
}
