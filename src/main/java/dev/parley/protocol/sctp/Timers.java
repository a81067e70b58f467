package dev.parley.protocol.sctp;

/// The deadlines of one association.
final class Timers {
  private final long[] at = new long[Timer.values().length];
  private int running;

  void set(Timer timer, long time) {
    at[timer.ordinal()] = time;
    running |= 1 << timer.ordinal();
  }

  void clear(Timer timer) {
    running &= ~(1 << timer.ordinal());
  }

  void clear() {
    running = 0;
  }

  boolean running(Timer timer) {
    return (running & 1 << timer.ordinal()) != 0;
  }

  /// Whether a timer has run out; it does not run any more then.
  boolean due(Timer timer, long now) {
    boolean due = running(timer) && now - at[timer.ordinal()] >= 0;
    if (due) {
      clear(timer);
    }
    return due;
  }

  /// The earliest, or [SctpAssociation#NEVER].
  long earliest() {
    long earliest = SctpAssociation.NEVER;
    for (int left = running; left != 0; left &= left - 1) {
      long time = at[Integer.numberOfTrailingZeros(left)];
      if (earliest == SctpAssociation.NEVER || time - earliest < 0) {
        // The very value of "never" is passed a nanosecond late.
        earliest = time == SctpAssociation.NEVER ? time + 1 : time;
      }
    }
    return earliest;
  }
}
