package dev.parley.engine.congestion;

/// The rate that the delay allows: multiplicative increase far from the capacity last seen,
/// additive near it, and a cut to a share of what arrives (draft-ietf-rmcat-gcc-02, section 5.5).
/// Confined to the loop of its peer.
final class Aimd {
  // Section 5.5: eta is 1.08 a second, beta 0.85, response time 100 ms more than the round trip.
  private static final double GROWTH = 0.08;
  private static final double CUT = 0.85;
  private static final double SHARED_CUT = 0.95;
  private static final long RESPONSE = 100 * RateWindow.MILLISECOND;

  /// Below this share of the capacity last seen there is room to be quick.
  private static final double NEAR = 0.95;

  /// Above this the capacity has become another.
  private static final double BEYOND = 1.25;

  /// The draft has 1.5: a source of layers sends far less than the estimate for long, and what was
  /// not sent shows nothing. Growth beyond this share is a matter of probes.
  private static final double PROVEN = 1.15;

  private static final double PROVEN_MORE = 10_000;
  private static final double PACKET_BITS = 8 * 1_200;
  private static final double FRAMES = 30;
  private static final long LONGEST_STEP = RateWindow.SECOND;

  private final Bounds bounds;
  private double rate;
  private double capacity;
  private long updated;
  private boolean cutBefore;
  private long cut;

  Aimd(Bounds bounds, long now) {
    this.bounds = bounds;
    rate = bounds.start();
    updated = now;
  }

  /// bit/s.
  double rate() {
    return rate;
  }

  /// What the path carried when it was last full, bit/s; 0 if not known.
  double capacity() {
    return capacity;
  }

  /// Grows by the time since it last did.
  ///
  /// @param delivered what arrives, bit/s
  /// @param roundTrip nanoseconds
  void grow(double delivered, long roundTrip, long now) {
    double time = Math.clamp(now - updated, 0, LONGEST_STEP) / (double) RateWindow.SECOND;
    updated = now;
    if (capacity > 0 && rate > BEYOND * capacity) {
      capacity = 0;
    }
    double proven = Math.max(PROVEN * delivered + PROVEN_MORE, bounds.least());
    if (rate < proven) {
      boolean near = capacity > 0 && rate > NEAR * capacity;
      double more = near ? additive(roundTrip) : GROWTH * rate;
      set(Math.min(rate + more * time, proven));
    }
  }

  /// The rate stays as it is.
  void hold(long now) {
    updated = now;
  }

  /// Whether what a cut does can be seen by now, or much less arrives than even the cut rate.
  boolean mayCut(double delivered, long roundTrip, long now) {
    return !cutBefore || delivered < CUT * rate || now - cut > roundTrip + 2 * RESPONSE;
  }

  /// The path is full.
  ///
  /// @param delivered what arrives, bit/s
  /// @param applicationLimited whether less was sent than might have been: then what arrives tells
  ///   little about what might have
  /// @param shared whether others keep the path full, whatever leaves here
  void cut(double delivered, boolean applicationLimited, boolean shared, long now) {
    double target = CUT * delivered;
    if (applicationLimited) {
      target = Math.max(target, CUT * rate);
    } else {
      seen(delivered);
    }
    if (shared) {
      target = Math.max(target, SHARED_CUT * rate);
    }
    if (target < rate) {
      set(target);
    }
    cutBefore = true;
    cut = now;
    updated = now;
  }

  /// Nanoseconds since the last cut.
  long sinceCut(long now) {
    return cutBefore ? now - cut : Long.MAX_VALUE;
  }

  /// A probe showed that the path carries so much.
  void probed(double bitsPerSecond, long now) {
    set(bitsPerSecond);
    updated = now;
  }

  /// A probe found the path full at this rate, bit/s.
  void found(double full) {
    // One that is far below the rate was held up by something else.
    if (full > NEAR * CUT * rate) {
      seen(full);
    }
  }

  /// No faster than this, for now.
  void atMost(double bitsPerSecond, long now) {
    set(Math.min(rate, bitsPerSecond));
    updated = now;
  }

  /// A cut is taken back: what was taken for a full path was none.
  void atLeast(double bitsPerSecond, long now) {
    set(Math.max(rate, bitsPerSecond));
    updated = now;
  }

  /// The path is full and carries this, bit/s.
  void seen(double delivered) {
    boolean alike = Math.abs(delivered - capacity) < 0.25 * capacity;
    capacity = alike ? capacity + 0.3 * (delivered - capacity) : delivered;
  }

  private double additive(long roundTrip) {
    double packet = Math.min(PACKET_BITS, rate / FRAMES);
    double times = (double) RateWindow.SECOND / (roundTrip + RESPONSE);
    return Math.max(4_000, packet * times);
  }

  private void set(double bitsPerSecond) {
    rate = Math.clamp(bitsPerSecond, bounds.least(), bounds.most());
  }
}
