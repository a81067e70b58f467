package dev.parley.engine.peer;

/// Whether a client keeps to its bit rate: a burst may be above, two seconds on end may not.
/// Confined to its peer's loop.
final class RateLimit {
  private static final long WINDOW = 250_000_000L;

  /// Windows above the limit, one after the other: more than two seconds.
  private static final int MOST = 9;

  private long bitrate;
  private long begun;
  private long octets;
  private int above;
  private boolean running;

  /// @param bitrate bits a second, 0 for no limit
  RateLimit(long bitrate) {
    this.bitrate = bitrate;
  }

  void bitrate(long other) {
    bitrate = other;
  }

  /// Counts one packet; hot. False where the client has gone too far.
  boolean received(int length, long now) {
    if (!running) {
      running = true;
      begun = now;
    }
    if (now - begun >= WINDOW) {
      turn(now);
    }
    octets += length;
    return above < MOST;
  }

  private void turn(long now) {
    double allowed = bitrate / 8e9 * (now - begun);
    above = bitrate != 0 && octets > allowed ? above + 1 : 0;
    octets = 0;
    begun = now;
  }
}
