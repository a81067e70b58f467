package dev.parley.engine.congestion;

/// The rate that the delay of what arrives allows (draft-ietf-rmcat-gcc-02, section 5). Confined to
/// the loop of its peer.
final class DelayControl {
  private static final long ONE = RateWindow.MILLISECOND;

  /// What arrives, when the path is full: quick to see a fall.
  private static final long FULL_SPAN = 200 * ONE;

  /// What arrives, when it is not: frames come unevenly.
  private static final long SPAN = 500 * ONE;

  private static final double MOST_LOST = 0.5;

  private final ArrivalGroups groups = new ArrivalGroups();
  private final Trendline trendline = new Trendline();
  private final OveruseDetector detector = new OveruseDetector();
  private final RateWindow delivered = new RateWindow();
  private final QueueDelay queue = new QueueDelay();
  private final Drain drain = new Drain();
  private final Aimd aimd;
  private boolean quiet;
  private long quietUntil;
  private long newest;

  DelayControl(Bounds bounds, long now) {
    aimd = new Aimd(bounds, now);
  }

  /// A packet has arrived, as feedback tells. Hot.
  ///
  /// @param arrival on the receiver's clock
  void arrived(long sent, long arrival, int octets, long now) {
    delivered.add(octets, arrival);
    newest = arrival;
    if (quiet && sent - quietUntil < 0) {
      return;
    }
    quiet = false;
    queue.arrived(arrival - sent, now);
    if (groups.arrived(sent, arrival)) {
      double sendDelta = groups.sendDelta() / (double) ONE;
      double arrivalDelta = groups.arrivalDelta() / (double) ONE;
      trendline.add(arrivalDelta - sendDelta, groups.arrival());
      detector.detect(trendline.trend(), sendDelta, arrivalDelta);
    }
  }

  /// A feedback ends.
  void update(boolean applicationLimited, LossControl losses, long roundTrip, long now) {
    queue.measured();
    Usage usage = quiet ? Usage.NORMAL : detector.usage();
    if (usage == Usage.OVERUSE) {
      double full = delivered.rate(FULL_SPAN, newest);
      if (aimd.mayCut(full, roundTrip, now)) {
        aimd.cut(full, applicationLimited, now);
      }
    }
    if (drain.update(queue, aimd, now)) {
      return;
    }
    if (usage == Usage.NORMAL && !quiet && !losses.high()) {
      // What is lost was sent all the same, and proves as much.
      double proven = delivered() / (1 - Math.min(MOST_LOST, losses.share()));
      aimd.grow(proven, roundTrip, now);
    } else {
      aimd.hold(now);
    }
  }

  /// What leaves from now until then makes a queue on purpose: it tells nothing about the rest.
  void quiet(long until) {
    quiet = true;
    quietUntil = until;
  }

  /// The receiver's clock is another.
  void clockJumped() {
    groups.clear();
    trendline.clear();
    detector.clear();
    delivered.clear();
    queue.clear();
    drain.clear();
  }

  /// Whether nothing speaks against sending more.
  boolean calm() {
    return detector.usage() == Usage.NORMAL && !drain.draining();
  }

  /// What arrives, bit/s.
  double delivered() {
    return delivered.rate(SPAN, newest);
  }

  /// Nanoseconds that packets wait on the way.
  long queue() {
    return queue.current();
  }

  Aimd aimd() {
    return aimd;
  }
}
