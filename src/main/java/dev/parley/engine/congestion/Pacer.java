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

  private boolean begun;
  private long free;
  private double nanosecondsPerOctet;

  /// @param probing rate of a probe that is being sent, or 0; media is part of it
  void rate(double estimate, double probing) {
    nanosecondsPerOctet = 8.0 * RateWindow.SECOND / Math.max(FACTOR * estimate, probing);
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
    return begun ? Math.max(0, free - BURST - now) : 0;
  }
}
