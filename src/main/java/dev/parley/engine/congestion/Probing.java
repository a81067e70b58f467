package dev.parley.engine.congestion;

/// Probes for more than the estimate: plans them, has them sent, and raises the rate by what they
/// find. Confined to the loop of its peer.
final class Probing {
  /// A queue at which a probe would do harm.
  private static final long NO_PROBE = 80 * RateWindow.MILLISECOND;

  /// A probe at the beginning finds out how slow the path is, too; later only how fast.
  private static final long BEGINNING = 2 * RateWindow.SECOND;

  /// So little more than the estimate, and than the path ever carried, counts at once, though the
  /// path was full.
  private static final double CLOSE = 1.15;

  private static final long LONGEST_QUIET = 300 * RateWindow.MILLISECOND;

  private final ProbeCluster cluster = new ProbeCluster();
  private final ProbePlan plan = new ProbePlan();
  private final DelayControl delays;
  private boolean begun;
  private long first;

  Probing(DelayControl delays) {
    this.delays = delays;
  }

  /// What packets that leave now are marked with, 0 for none.
  int mark() {
    return cluster.id();
  }

  /// The rate of the probe that is being sent, or 0.
  double rate() {
    return cluster.sending() ? cluster.rate() : 0;
  }

  /// A packet left. Hot.
  ///
  /// @return whether it was the last one of a probe
  boolean departed(long number, int octets, long now) {
    if (!begun) {
      begun = true;
      first = now;
      plan.departed(now);
    }
    if (!cluster.sending()) {
      return false;
    }
    cluster.departed(number, octets, now);
    return !cluster.sending();
  }

  /// A packet has arrived. Hot.
  ///
  /// @param mark it left with
  void arrived(int mark, long left, long arrival, int octets) {
    if (mark != 0) {
      cluster.arrived(mark, left, arrival, octets);
    }
  }

  /// Feedback ends.
  ///
  /// @param covered all packets before this one have been told of
  void answered(long covered, long now) {
    double found = cluster.result(covered);
    if (found != 0) {
      plan(found, now);
      if (found > 0) {
        raise(found, now);
      }
    }
  }

  private void raise(double found, long now) {
    Aimd aimd = delays.aimd();
    boolean full = cluster.full();
    boolean early = now - first < BEGINNING && aimd.capacity() == 0;
    boolean near = found < CLOSE * aimd.rate();
    boolean close = near && found < CLOSE * aimd.capacity();
    if ((!full || close) && found > aimd.rate() || early) {
      aimd.probed(found, now);
    }
    if (full && (close || near && aimd.capacity() == 0)) {
      aimd.found(found);
    }
  }

  private void plan(double found, long now) {
    if (cluster.unsent()) {
      plan.unsent(now);
    } else {
      boolean full = found > 0 && cluster.full();
      plan.answered(cluster.rate(), found, full, delays.aimd().rate(), now);
    }
  }

  void cut(double rate, long now) {
    plan.cut(rate, now);
  }

  void useful(double bitsPerSecond) {
    plan.useful(bitsPerSecond);
  }

  /// Whether only trying tells what the path carries.
  ///
  /// @param starved whether no video leaves at all
  boolean blind(double estimate, boolean starved) {
    return plan.blind(estimate, starved);
  }

  /// Gives up a probe that takes too long.
  ///
  /// @return whether it did
  boolean expired(long now) {
    boolean expired = cluster.expire(now);
    if (expired) {
      plan(-1, now);
    }
    return expired;
  }

  /// Begins a probe if it is time for one.
  ///
  /// @param calm whether nothing but the delay speaks against it
  /// @return whether it did
  boolean begin(double estimate, boolean calm, long now) {
    if (cluster.busy() || !plan.wanted(estimate) || now - plan.next() < 0) {
      return false;
    }
    if (!calm || !delays.calm() || delays.queue() > NO_PROBE) {
      plan.postpone(now);
      return false;
    }
    double target = plan.target(estimate);
    cluster.begin(target, plan.confirms(), now);
    plan.sent();
    double excess = Math.max(0, target - estimate) * cluster.time();
    long drained = (long) Math.min(LONGEST_QUIET, 3 * excess / estimate);
    delays.quiet(now + cluster.time() + drained);
    return true;
  }

  /// Octets that should leave now.
  int due(long now) {
    return cluster.sending() ? cluster.due(now) : 0;
  }

  /// When something is to be done, or the other time if that comes first.
  long deadline(double estimate, long other) {
    if (cluster.sending()) {
      return earlier(other, cluster.nextDue());
    }
    return !cluster.busy() && plan.wanted(estimate) ? earlier(other, plan.next()) : other;
  }

  private static long earlier(long a, long b) {
    return a - b < 0 ? a : b;
  }
}
