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

  /// About how long it takes.
  private static final double TIME = 1.5 * RateWindow.SECOND;

  private static final double LEAST = 0.3;

  /// What left so much later has to find the queue shorter.
  private static final long PATIENCE = RateWindow.SECOND;

  /// Share of what should have drained; less shows that the queue is not made by what leaves here:
  /// a route has become longer, or another flow keeps it full.
  private static final double DRAINED = 0.4;

  /// After it: below the capacity, since the cut was below it too.
  private static final double AFTER = 0.9;

  private boolean draining;
  private boolean referred;
  private long begun;
  private long reference;
  private long queue;
  private double share;

  /// @param left when the newest packet that has arrived left
  /// @param sentSince octets that left after it
  /// @return whether the rate was set here
  boolean update(QueueDelay delay, long left, long sentSince, Aimd aimd, long now) {
    long current = delay.current();
    if (!draining) {
      if (current < LONG || aimd.capacity() == 0) {
        return false;
      }
      draining = true;
      referred = false;
      begun = now;
    }
    double later = 8.0 * sentSince / aimd.capacity() * RateWindow.SECOND - (now - left);
    double expected = Math.max(0, current + later);
    if (Math.max(expected, current / 4) < SHORT) {
      end(aimd, now);
      return false;
    }
    if (!shrinks(current, left)) {
      delay.accept();
      end(aimd, now);
      return false;
    }
    share = Math.max(LEAST, 1 - expected / TIME);
    aimd.atMost(aimd.capacity() * share, now);
    return true;
  }

  /// Whether it does as far as can be told: what arrives now waited in the queue of then.
  private boolean shrinks(long current, long left) {
    if (left - begun < 0) {
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

  boolean draining() {
    return draining;
  }

  void clear() {
    draining = false;
  }

  private void end(Aimd aimd, long now) {
    draining = false;
    if (aimd.rate() < AFTER * aimd.capacity()) {
      aimd.probed(AFTER * aimd.capacity(), now);
    }
  }
}
