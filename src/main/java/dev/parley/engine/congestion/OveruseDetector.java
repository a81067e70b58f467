package dev.parley.engine.congestion;

/// Compares the trend of the delay with a threshold that adapts to it (draft-ietf-rmcat-gcc-02,
/// section 5.4). Confined to the loop of its peer.
///
/// The threshold rises while the trend swings beyond it, so that a competing flow which fills the
/// queue and drains it does not starve this one, and sinks slowly while it does not.
final class OveruseDetector {
  // Section 5.4: del_var_th(0), K_u, the limits, and what is too far off to adapt to; ms. For K_d
  // see
  // the package note.
  private static final double FIRST_THRESHOLD = 12.5;
  private static final double UP = 0.01;
  private static final double DOWN = 0.001;
  private static final double LEAST = 6;
  private static final double MOST = 600;
  private static final double TOO_FAR = 15;
  private static final double LONGEST_STEP = 100;

  /// overuse_time_th, ms of sending.
  private static final double SUSTAINED = 10;

  private double threshold = FIRST_THRESHOLD;
  private double over;
  private int times;
  private double before;
  private Usage usage = Usage.NORMAL;

  /// @param trend of [Trendline]
  /// @param sendDelta between this group and the one before, ms
  Usage detect(double trend, double sendDelta, double arrivalDelta) {
    if (trend > threshold) {
      // On average the trend crossed it half way between two groups.
      over += times == 0 ? sendDelta / 2 : sendDelta;
      times++;
      if (over > SUSTAINED && times > 1 && trend >= before) {
        over = 0;
        times = 0;
        usage = Usage.OVERUSE;
      }
    } else {
      over = 0;
      times = 0;
      usage = trend < -threshold ? Usage.UNDERUSE : Usage.NORMAL;
    }
    before = trend;
    adapt(Math.abs(trend), Math.min(arrivalDelta, LONGEST_STEP));
    return usage;
  }

  Usage usage() {
    return usage;
  }

  double threshold() {
    return threshold;
  }

  /// The clock or the path became another one; the threshold stays.
  void clear() {
    over = 0;
    times = 0;
    before = 0;
    usage = Usage.NORMAL;
  }

  private void adapt(double size, double time) {
    if (size <= threshold + TOO_FAR) {
      double gain = size < threshold ? DOWN : UP;
      threshold = Math.clamp(threshold + gain * (size - threshold) * time, LEAST, MOST);
    }
  }
}
