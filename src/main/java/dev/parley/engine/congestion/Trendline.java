package dev.parley.engine.congestion;

/// Whether the way to the peer takes longer and longer: the slope of the smoothed delay over the
/// last groups, by least squares (Carlucci and others, "Congestion Control for Web Real-Time
/// Communication", 2017; it stands for the Kalman filter of draft-ietf-rmcat-gcc-02, section 5.3).
/// Confined to the loop of its peer.
final class Trendline {
  private static final int WINDOW = 20;
  private static final double KEPT = 0.9;

  /// Makes the slope comparable with the thresholds in ms that section 5.4 gives for a delay.
  private static final double GAIN = 4;

  private static final int MOST_GROUPS = 60;

  private final double[] times = new double[WINDOW];
  private final double[] delays = new double[WINDOW];
  private int groups;
  private long origin;
  private double delay;
  private double smoothed;
  private double trend;

  /// @param variation by how much the group took longer than the one before, ms
  /// @param arrival of the group, nanoseconds
  void add(double variation, long arrival) {
    if (groups == 0) {
      origin = arrival;
    }
    delay += variation;
    smoothed = KEPT * smoothed + (1 - KEPT) * delay;
    int slot = groups % WINDOW;
    times[slot] = (arrival - origin) / (double) RateWindow.MILLISECOND;
    delays[slot] = smoothed;
    // Only the remainder and "many" are of interest from here on.
    groups = groups + 1 < MOST_GROUPS + WINDOW ? groups + 1 : MOST_GROUPS;
    if (groups >= WINDOW) {
      trend = Math.min(groups, MOST_GROUPS) * GAIN * slope();
    }
  }

  /// Compared with the threshold of [OveruseDetector], ms; 0 until the window is full.
  double trend() {
    return trend;
  }

  void clear() {
    groups = 0;
    delay = 0;
    smoothed = 0;
    trend = 0;
  }

  private double slope() {
    double meanTime = 0;
    double meanDelay = 0;
    for (int i = 0; i < WINDOW; i++) {
      meanTime += times[i];
      meanDelay += delays[i];
    }
    meanTime /= WINDOW;
    meanDelay /= WINDOW;
    double product = 0;
    double square = 0;
    for (int i = 0; i < WINDOW; i++) {
      double time = times[i] - meanTime;
      product += time * (delays[i] - meanDelay);
      square += time * time;
    }
    return square > 0 ? product / square : 0;
  }
}
