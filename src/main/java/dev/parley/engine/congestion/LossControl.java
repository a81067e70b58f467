package dev.parley.engine.congestion;

/// The rate that loss allows, and whether loss shows a full path. Confined to the loop of its peer.
///
/// draft-ietf-rmcat-gcc-02, section 6, cuts above 10 % loss for as long as it lasts, which starves
/// a path that loses whatever is sent. Here loss that lasts makes one cut, and a bound that is the
/// lower the more is lost; if less sent loses no less, the loss is the path's own: the cut is taken
/// back, and nothing is bounded until more is lost than that.
final class LossControl {
  /// What loss says of the path.
  enum Verdict {
    /// No more than before.
    NOTHING,
    /// It is full.
    FULL,
    /// It loses as much whatever is sent: the cut was for nothing.
    OWN
  }

  /// Loss is judged over so much, and at least so long.
  private static final int PACKETS = 20;

  private static final long SPAN = RateWindow.SECOND / 2;

  /// Section 6: above it there is congestion. One window may show it by chance or by a burst.
  private static final double HIGH = 0.1;

  private static final int LASTING = 2;

  /// Standard deviations of a share by which it has to exceed what it is compared with.
  private static final double SURE = 1.3;

  /// A cut that helped takes away at least this share of the loss.
  private static final double HELPED = 0.6;

  private static final double SMOOTHING = 0.15;

  /// bit/s times loss: 3 Mbit/s at 8.3 %, 2 Mbit/s at 10 %, 667 kbit/s at 20 %, 222 kbit/s at 50 %:
  /// at 20 % a middle layer with its retransmissions passes. Loss up to the offset bounds nothing.
  private static final double BALANCE = 100_000;

  private static final double OFFSET = 0.05;

  private final Bounds bounds;
  private int received;
  private int lost;
  private boolean begun;
  private long since;
  private double smoothed;
  private double own;
  private double before;
  private int high;
  private int judging;

  LossControl(Bounds bounds) {
    this.bounds = bounds;
  }

  /// Feedback told of so many packets.
  ///
  /// @return what the path has shown by what it loses
  Verdict add(int packetsReceived, int packetsLost, long now) {
    if (!begun) {
      begun = true;
      since = now;
    }
    received += packetsReceived;
    lost += packetsLost;
    int total = received + lost;
    if (total < PACKETS || now - since < SPAN) {
      return Verdict.NOTHING;
    }
    double loss = Math.max(0, lost) / (double) total;
    double doubt = SURE * Math.sqrt(loss * (1 - loss) / total);
    received = 0;
    lost = 0;
    since = now;
    smoothed += SMOOTHING * (loss - smoothed);
    return judge(loss, loss - doubt);
  }

  /// A packet that counted as lost has arrived after all.
  void found() {
    lost--;
    received++;
  }

  /// bit/s.
  double bound() {
    double more = smoothed - OFFSET;
    return more > 0 && smoothed > ordinary()
        ? bounds.clamp((long) (BALANCE / more))
        : bounds.most();
  }

  /// Whether more is lost than the path loses on its own.
  boolean high() {
    return high > 0;
  }

  /// Share of the packets lost lately, 0 to 1.
  double share() {
    return smoothed;
  }

  /// What is lost on its own, give or take; 0 where that is not known.
  private double ordinary() {
    return own > 0 ? own * 1.2 + OFFSET : 0;
  }

  private Verdict judge(double loss, double surely) {
    if (own > 0 && high == 0) {
      own += (loss - own) / 8;
    }
    if (judging > 0) {
      judging--;
      if (judging == 0 && loss > HELPED * before) {
        own = loss;
        return Verdict.OWN;
      }
      return Verdict.NOTHING;
    }
    high = surely > Math.max(HIGH, ordinary()) ? high + 1 : 0;
    if (high < LASTING) {
      return Verdict.NOTHING;
    }
    high = 0;
    before = loss;
    // The first window after a cut still tells of what was sent before it.
    judging = 2;
    return Verdict.FULL;
  }
}
