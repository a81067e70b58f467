package dev.parley.engine.congestion;

/// Empties a queue that a cut to 85 % would leave standing for seconds: while it is long, less
/// leaves the longer it is. Confined to the loop of its peer.
///
/// draft-ietf-rmcat-gcc-02 has no such step; deployed senders hold packets back instead, which
/// moves the queue to where nobody chooses what to leave out.
final class Drain {
  /// A queue that is drained, and one that is left to the cut.
  static final long LONG = 100 * RateWindow.MILLISECOND;

  private static final long SHORT = 40 * RateWindow.MILLISECOND;

  // Share of the capacity: 0.83 at 100 ms, 0.7 at 200 ms, 0.2 from 600 ms on.
  private static final double MOST = 0.95;
  private static final double STEEP = 0.8 * RateWindow.SECOND;
  private static final double LEAST = 0.2;

  /// Share of a source that has no more: it is left alone, but its queue should still shrink.
  private static final double LIMITED = 0.9;

  /// What left so much later has to find the queue shorter.
  private static final long PATIENCE = RateWindow.SECOND;

  /// It takes a few feedbacks until the rate suits the queue.
  private static final long SETTLED = RateWindow.SECOND / 2;

  /// Share of what should have drained; less shows that the queue is not made by what leaves here:
  /// a route has become longer, or another flow keeps it full.
  private static final double DRAINED = 0.15;

  private static final double FLOOR = 0.7;
  private static final long SHARED = 10 * RateWindow.SECOND;

  /// After it: below the capacity, since the cut was below it too.
  private static final double AFTER = 0.9;

  private boolean wasShared;
  private long shared;
  private boolean draining;
  private boolean reducing;
  private boolean referred;
  private long begun;
  private long reference;
  private long queue;
  private double share;
  private double floor;

  /// @param limited whether the source, not the path, keeps the rate down
  /// @param left when the newest packet that has arrived left
  /// @param sentSince octets that left after it
  /// @return whether the rate is set here, and must not grow
  boolean update(
      QueueDelay delay, boolean limited, long left, long sentSince, Aimd aimd, long now) {
    long current = delay.current();
    if (!draining) {
      if (current < LONG) {
        return false;
      }
      draining = true;
      referred = false;
      begun = now;
    }
    if (!reducing && !limited && aimd.capacity() > 0) {
      reducing = true;
      floor = FLOOR * aimd.capacity();
    }
    double expected = current;
    if (reducing) {
      double later = 8.0 * sentSince / aimd.capacity() * RateWindow.SECOND - (now - left);
      expected = Math.max(0, current + later);
    }
    if (Math.max(expected, current / 4) < SHORT) {
      end(aimd, now);
      return false;
    }
    if (!shrinks(current, left)) {
      delay.accept();
      wasShared = true;
      shared = now;
      end(aimd, now);
      return false;
    }
    share = reducing ? Math.max(LEAST, MOST - expected / STEEP) : LIMITED;
    if (reducing) {
      aimd.atMost(aimd.capacity() * share, now);
    }
    return true;
  }

  /// Whether it does as far as can be told: what arrives now waited in the queue of then.
  private boolean shrinks(long current, long left) {
    if (left - begun < SETTLED) {
      return true;
    }
    long time = left - reference;
    if (referred && time < PATIENCE) {
      return true;
    }
    boolean shrunk = !referred || queue - current > DRAINED * (1 - share) * time;
    referred = true;
    reference = left;
    queue = current;
    return shrunk;
  }

  /// Whether a queue that was not made here was found lately: somebody else keeps the path full,
  /// and giving way to them ends with nothing.
  boolean shared(long now) {
    wasShared &= now - shared < SHARED;
    return wasShared;
  }

  /// Whether a queue is long.
  boolean draining() {
    return draining;
  }

  /// Below this the capacity is not believed to have fallen while one queue drains, bit/s.
  double floor() {
    return floor;
  }

  /// What the rate will be when the queue is gone, bit/s; 0 where no queue is emptied.
  double afterwards(Aimd aimd) {
    return reducing ? AFTER * aimd.capacity() : 0;
  }

  /// Whether less leaves because of it.
  boolean reducing() {
    return reducing;
  }

  void clear() {
    draining = false;
    reducing = false;
  }

  private void end(Aimd aimd, long now) {
    boolean reduced = reducing;
    clear();
    if (reduced && aimd.rate() < AFTER * aimd.capacity()) {
      aimd.probed(AFTER * aimd.capacity(), now);
    }
  }
}
