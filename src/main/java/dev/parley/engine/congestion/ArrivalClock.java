package dev.parley.engine.congestion;

import dev.parley.protocol.rtcp.TransportFeedback;

/// The receiver's clock as transport-wide feedback tells it, carried on beyond its 24 bits
/// (draft-holmer-rmcat-transport-wide-cc-extensions-01, section 3.1). Confined to the loop of its
/// peer.
final class ArrivalClock {
  /// The two clocks run evenly, and feedback is never this late: beyond it the receiver's was set
  /// anew.
  private static final long JUMP = 4 * RateWindow.SECOND;

  private boolean begun;
  private int reference;
  private long ticks;
  private long offset;

  /// A feedback begins.
  ///
  /// @param referenceTime of it
  /// @return false where the clock jumped: nothing from before can be compared with it
  boolean begin(int referenceTime, long now) {
    if (begun) {
      ticks += TransportFeedback.referenceTicks(reference, referenceTime);
    }
    reference = referenceTime;
    long newOffset = ticks * TransportFeedback.TICK - now;
    long change = newOffset - offset;
    boolean same = !begun || change < JUMP && change > -JUMP;
    if (!begun || !same) {
      offset = newOffset;
    }
    begun = true;
    return same;
  }

  /// Nanoseconds on the receiver's clock.
  ///
  /// @param feedbackTicks as the feedback that was begun counts them
  long at(long feedbackTicks) {
    long since = feedbackTicks - (long) reference * TransportFeedback.TICKS_PER_REFERENCE;
    return (ticks + since) * TransportFeedback.TICK;
  }
}
