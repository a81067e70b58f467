package dev.parley.engine.congestion;

/// The rate that the delay of what arrives allows (draft-ietf-rmcat-gcc-02, section 5). Confined to
/// the loop of its peer.
final class DelayControl {
  private static final long ONE = RateWindow.MILLISECOND;

  /// What arrives, when the path is full: quick to see a fall.
  private static final long FULL_SPAN = 200 * ONE;

  /// What arrives, when it is not: frames come unevenly.
  private static final long SPAN = 500 * ONE;

  /// Arrives no faster than this share of the estimate.
  private static final double FILLING = 0.75;

  /// The same where others keep the path full.
  private static final double SLOWER = 0.5;

  /// A trend beside a shorter queue than this is one of gaps that lost packets have left.
  private static final long EMPTY = 5 * ONE;

  private static final long FILLED = 60 * ONE;

  /// What is lost was sent all the same and proves as much, up to this share: where every fifth
  /// packet is lost only probes find more.
  private static final double MOST_LOST = 0.07;

  private final ArrivalGroups groups = new ArrivalGroups();
  private final Trendline trendline = new Trendline();
  private final OveruseDetector detector = new OveruseDetector();
  private final RateWindow delivered = new RateWindow();
  private final FeedbackRate lately = new FeedbackRate();
  private final QueueDelay queue = new QueueDelay();
  private final Drain drain = new Drain();
  private final Aimd aimd;
  private boolean quiet;
  private long quietUntil;
  private long newest;
  private long left;

  DelayControl(Bounds bounds, long now) {
    aimd = new Aimd(bounds, now);
  }

  /// A packet has arrived, as feedback tells. Hot.
  ///
  /// @param arrival on the receiver's clock
  void arrived(long sent, long arrival, int octets, long now) {
    delivered.add(octets, arrival);
    lately.arrived(octets, arrival);
    newest = arrival;
    left = sent;
    quiet &= sent - quietUntil < 0;
    queue.arrived(arrival - sent, !quiet, now);
    if (!quiet && groups.arrived(sent, arrival)) {
      double sendDelta = groups.sendDelta() / (double) ONE;
      double arrivalDelta = groups.arrivalDelta() / (double) ONE;
      trendline.add(arrivalDelta - sendDelta, groups.arrival());
      detector.detect(trendline.trend(), sendDelta, arrivalDelta);
    }
  }

  /// A feedback begins.
  void begin() {
    lately.clear();
  }

  /// A feedback ends.
  ///
  /// @param applicationLimited whether the source, not the path, keeps the rate down
  /// @param blind whether the rate has to grow beyond what is proven
  /// @param leaves bit/s
  /// @param sentSince octets that left after the newest packet that has arrived
  void update(
      boolean applicationLimited,
      boolean blind,
      double leaves,
      long sentSince,
      LossControl losses,
      long roundTrip,
      long now) {
    queue.measured();
    Usage usage = quiet ? Usage.NORMAL : detector.usage();
    if (drain.reducing()) {
      watch();
    } else if (filling(leaves, drain.shared(now))) {
      cut(lately.rate(), false, roundTrip, now);
    } else if (usage == Usage.OVERUSE && queue.current() > EMPTY) {
      cut(full(), applicationLimited, roundTrip, now);
    }
    if (drain.update(queue, applicationLimited, left, sentSince, aimd, now)) {
      return;
    }
    if (usage == Usage.NORMAL && !quiet && !losses.high()) {
      double proven = delivered() / (1 - Math.min(MOST_LOST, losses.share()));
      aimd.grow(blind ? Double.MAX_VALUE : proven, roundTrip, now);
    } else {
      aimd.hold(now);
    }
  }

  /// While a queue drains that was made here, what arrives is what the path carries; while one is
  /// kept full by others, it is only what was sent a while ago, and less and less.
  private void watch() {
    double rate = lately.rate();
    if (queue.current() > Drain.LONG && rate < FeedbackRate.UNKNOWN) {
      boolean slower = rate < SLOWER * aimd.rate();
      aimd.seen(slower ? rate : Math.max(rate, drain.floor()));
    }
  }

  /// What arrives now that the path is full: the last moments tell it, if enough arrived in them.
  private double full() {
    double rate = delivered.rate(FULL_SPAN, newest);
    double last = lately.rate();
    return last == FeedbackRate.UNKNOWN ? rate : Math.max(rate, last);
  }

  private void cut(double full, boolean applicationLimited, long roundTrip, long now) {
    if (aimd.mayCut(full, roundTrip, now)) {
      aimd.cut(full, applicationLimited, drain.shared(now), now);
    }
  }

  /// A queue has grown within fewer groups than the trend needs: these may be long when the path
  /// becomes much slower.
  private boolean filling(double leaves, boolean shared) {
    return queue.current() > FILLED
        && lately.rate() < (shared ? SLOWER : FILLING) * Math.min(leaves, aimd.rate());
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
    lately.clear();
    queue.clear();
    drain.clear();
  }

  /// Whether nothing speaks against sending more.
  boolean calm() {
    return detector.usage() == Usage.NORMAL && !drain.draining();
  }

  /// What arrives, bit/s, a gap before this feedback left out.
  double arrives() {
    double rate = lately.rate();
    return rate == FeedbackRate.UNKNOWN ? delivered() : Math.max(rate, delivered());
  }

  /// What arrives, bit/s.
  double delivered() {
    return delivered.rate(SPAN, newest);
  }

  /// When the newest packet that has arrived left.
  long left() {
    return left;
  }

  /// Nanoseconds that packets wait on the way.
  long queue() {
    return queue.current();
  }

  /// Whether packets are known to wait nowhere on the way: beside a probe nothing is.
  boolean empty() {
    return !quiet && queue.current() < FILLED;
  }

  /// The rate without what is left out for a moment to empty a queue, bit/s.
  double lasting() {
    return Math.max(aimd.rate(), drain.afterwards(aimd));
  }

  Aimd aimd() {
    return aimd;
  }
}
