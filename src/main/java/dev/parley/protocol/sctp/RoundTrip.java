package dev.parley.protocol.sctp;

/// The round-trip time and the retransmission timeout (RFC 9260, section 6.3).
final class RoundTrip {
  private final long least;
  private final long most;
  private long smoothed;
  private long variation;
  private long timeout;

  RoundTrip(SctpLimits limits) {
    this.least = limits.rtoMin().toNanos();
    this.most = limits.rtoMax().toNanos();
    this.timeout = limits.rtoInitial().toNanos();
  }

  /// One measurement, of something that was sent once only (Karn's rule, section 6.3.1, C5).
  void measured(long nanos) {
    long time = Math.max(nanos, 0);
    if (smoothed == 0) {
      smoothed = Math.max(time, 1);
      variation = time / 2;
    } else {
      variation += (Math.abs(smoothed - time) - variation) / 4;
      smoothed += (time - smoothed) / 8;
    }
    // The peer may keep its SACK for 200 ms, which no measurement shows before it happens.
    timeout = Math.min(smoothed + Math.max(4 * variation, least), most);
  }

  /// A timer ran out (section 6.3.3, E2).
  void backOff() {
    timeout = Math.min(2 * timeout, most);
  }

  long timeout() {
    return timeout;
  }

  /// 0 while nothing was measured.
  long smoothed() {
    return smoothed;
  }
}
