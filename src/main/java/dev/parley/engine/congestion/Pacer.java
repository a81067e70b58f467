package dev.parley.engine.congestion;

/// Spreads what leaves over time (draft-ietf-rmcat-gcc-02, section 4). Confined to the loop of its
/// peer.
final class Pacer {
  /// So much faster than the estimate: a key frame leaves within a few frames' time, and the queue
  /// it makes on the way is short.
  private static final double FACTOR = 2.5;

  /// What leaves within this time may leave at once: most frames stay whole, so that equal packets
  /// can be handed to the system together.
  private static final long BURST = 10 * RateWindow.MILLISECOND;

  private static final long PROBING_BURST = 3 * RateWindow.MILLISECOND;

  private long burst = BURST;
  private boolean begun;
  private long free;
  private double nanosecondsPerOctet;

  /// @param probing rate of a probe that is being sent, or 0; media is part of it, and must not
  ///   make it faster than it is to be
  void rate(double estimate, double probing) {
    nanosecondsPerOctet = 8.0 * RateWindow.SECOND / (probing > 0 ? probing : FACTOR * estimate);
    burst = probing > 0 ? PROBING_BURST : BURST;
  }

  /// Hot.
  void departed(int octets, long now) {
    if (!begun || now - free > 0) {
      begun = true;
      free = now;
    }
    free += (long) (octets * nanosecondsPerOctet);
  }

  /// Nanoseconds until the next packet may leave. Hot.
  long delay(long now) {
    return begun ? Math.max(0, free - burst - now) : 0;
  }
}
