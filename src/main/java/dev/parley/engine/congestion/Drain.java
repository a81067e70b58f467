package dev.parley.engine.congestion;

/// Empties a queue that a cut to 85 % would leave standing for seconds: while it is long, less
/// leaves the longer it is. Confined to the loop of its peer.
///
/// draft-ietf-rmcat-gcc-02 has no such step; deployed senders hold packets back instead, which
/// moves the queue to where nobody chooses what to leave out.
final class Drain {
  /// A queue that is drained, and one that is left to the cut.
  private static final long LONG = 100 * RateWindow.MILLISECOND;

  private static final long SHORT = 40 * RateWindow.MILLISECOND;

  /// About how long it takes.
  private static final double TIME = 1.5 * RateWindow.SECOND;

  private static final double LEAST = 0.3;

  /// A queue that has not shrunk after so long is not made by what leaves here: a route has become
  /// longer, or another flow keeps it full.
  private static final long PATIENCE = 2 * RateWindow.SECOND;

  private static final double SHRUNK = 0.85;

  /// After it: below the capacity, since the cut was below it too.
  private static final double AFTER = 0.9;

  private boolean draining;
  private long begun;
  private long queue;

  /// @return whether the rate was set here
  boolean update(QueueDelay delay, Aimd aimd, long now) {
    long current = delay.current();
    if (!draining) {
      if (current < LONG || aimd.capacity() == 0) {
        return false;
      }
      draining = true;
      begun = now;
      queue = current;
    }
    if (current < SHORT) {
      end(aimd, now);
      return false;
    }
    if (now - begun > PATIENCE) {
      if (current > SHRUNK * queue) {
        delay.accept();
        end(aimd, now);
        return false;
      }
      begun = now;
      queue = current;
    }
    aimd.atMost(aimd.capacity() * Math.max(LEAST, 1 - current / TIME), now);
    return true;
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
