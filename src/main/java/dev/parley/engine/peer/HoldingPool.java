package dev.parley.engine.peer;

/// The buffers that packets wait in, of all peers of a loop: a peer for which nothing waits has
/// none. Confined to that loop.
final class HoldingPool {
  /// Packets that may wait in a loop: 13 MB, a second of a hundred megabits.
  private static final int MOST = 8192;

  /// Packets that may wait for one peer, be there ever so much room.
  private static final int MOST_OF_ONE = 512;

  /// One peer may take up this part of what is left: the more wait, the less each may have, and
  /// something is left for those for whom little waits (dynamic thresholds, Choudhury and Hahne,
  /// 1998).
  private static final int PART = 8;

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
    if (kept < KEPT) {
      kept++;
      back.next = free;
      free = back;
    }
  }

  /// Packets that may wait for one peer by now.
  int share() {
    return Math.min(MOST_OF_ONE, (MOST - out) / PART);
  }

  /// How many are out.
  int out() {
    return out;
  }
}
