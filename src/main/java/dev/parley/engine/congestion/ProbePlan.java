package dev.parley.engine.congestion;

/// When to probe, and how fast. Confined to the loop of its peer.
///
/// A source of layers sends less than the path carries until it knows that the next layer fits:
/// only probes tell. They begin with the first packet, go on while each finds more, and come back
/// every few seconds while more could be used than the estimate allows.
final class ProbePlan {
  private static final double FIRST = 3;
  private static final double STEP = 2;

  /// A small estimate is doubled too often to get anywhere, bit/s.
  private static final double LEAST_STEP = 300_000;

  /// Above what could be used, for retransmissions and to be sure of it.
  private static final double ROOM = 1.2;

  /// A probe is worth its octets from here on.
  private static final double WORTH = 1.05;

  private static final int MOST_CONFIRMATIONS = 3;

  /// Share of the rate tried at which the path may carry still more.
  private static final double GOOD = 0.7;

  // A probe costs a queue of some 30 ms where the path is full.
  private static final long SOON = 2 * RateWindow.SECOND;
  private static final long LATER = 4 * RateWindow.SECOND;

  /// Paths that let bursts pass make probes promise too much: then one step has to last before the
  /// next.
  private static final long LATEST = 4 * RateWindow.SECOND;

  private static final long BROKEN = 4 * RateWindow.SECOND;
  private static final double BROKEN_SHARE = 0.7;
  private static final long RETRY = 100 * RateWindow.MILLISECOND;

  private static final long CALM = RateWindow.SECOND / 2;

  /// So many probes in a row that found nothing may have been held up by the receiver.
  private static final int DOUBTFUL = 2;

  private boolean begun;
  private boolean first = true;
  private boolean blind;
  private long next;
  private long interval = SOON;
  private long distrust = SOON;
  private double useful = Double.MAX_VALUE;
  private double confirmed;
  private int confirmations;
  private int vain;
  private double promised;
  private long promisedAt;

  /// Something leaves.
  void departed(long now) {
    if (!begun) {
      begun = true;
      next = now;
    }
  }

  void useful(double bitsPerSecond) {
    useful = bitsPerSecond;
  }

  boolean wanted(double estimate) {
    return begun && target(estimate) >= (confirmed > 0 ? 1 : WORTH) * estimate;
  }

  /// When the next probe may be sent, if it is still [#wanted].
  long next() {
    return next;
  }

  double target(double estimate) {
    double rate = Math.max((first ? FIRST : STEP) * estimate, estimate + LEAST_STEP);
    return Math.min(confirmed > 0 ? confirmed : rate, ROOM * useful);
  }

  /// Whether the next probe is to confirm what the one before it found.
  boolean confirms() {
    return confirmed > 0;
  }

  /// It is not the time.
  void postpone(long now) {
    next = now + RETRY;
  }

  void sent() {
    first = false;
  }

  /// A probe was answered.
  ///
  /// A path that was full carried so much of what was tried because it was tried: others that share
  /// it got less meanwhile. That rate itself is tried next, and counts if the path is not full
  /// then.
  ///
  /// @param tried its rate
  /// @param found what the path carries, or negative
  /// @param full whether it could carry no more
  void answered(double tried, double found, boolean full, double estimate, long now) {
    blind = false;
    boolean confirmation = confirmed > 0;
    boolean again = full && found > WORTH * estimate && confirmations < MOST_CONFIRMATIONS;
    confirmed = again ? found : 0;
    confirmations = again ? confirmations + 1 : 0;
    vain = found > WORTH * estimate ? 0 : vain + 1;
    if (!full && found > estimate) {
      promised = found;
      promisedAt = now;
    }
    boolean good = !full && !confirmation && found > GOOD * tried && found > WORTH * estimate;
    if (again || good && distrust == SOON) {
      next = now;
    } else if (good) {
      next = now + SOON;
    } else {
      next = now + interval;
      interval = Math.max(distrust, Math.min(interval * 2, LATER));
    }
  }

  /// Nobody has sent what a probe asked for.
  void unsent(long now) {
    blind = true;
    confirmed = 0;
    next = now + interval;
    interval = Math.max(distrust, Math.min(interval * 2, LATER));
  }

  /// Whether probes are asked for in vain, and more than is used: only trying tells what the path
  /// carries.
  ///
  /// @param starved whether no video leaves at all. Then the path is worth a try even where probes
  ///   say no: a receiver that is busy takes short ones unevenly, which looks like a full path
  boolean blind(double estimate, boolean starved) {
    return (blind || starved && vain >= DOUBTFUL) && wanted(estimate);
  }

  /// The estimate was cut.
  void cut(double rate, long now) {
    boolean kept = promised > 0 && now - promisedAt >= BROKEN;
    boolean broken = promised > 0 && !kept && rate < BROKEN_SHARE * promised;
    if (kept || broken) {
      distrust = broken ? Math.min(2 * distrust, LATEST) : Math.max(SOON, distrust / 2);
      promised = 0;
    }
    interval = distrust;
    confirmed = 0;
    vain = 0;
    // One that is planned already is not put off by one cut after another.
    if (broken || next - now < CALM) {
      next = now + interval;
    }
  }
}
