package dev.parley.engine.peer;

import java.util.random.RandomGenerator;

/// When one end of a PeerConnection sends its next regular RTCP report (RFC 3550 section 6.3, with
/// the reduced minimum of section 6.2 as RFC 4585 section 3.4 has it). Confined to the loop of its
/// peer.
///
/// The session has two members, so the interval is what keeps twice the average report within the
/// RTCP bandwidth, no less than the minimum, times 0.5 to 1.5 at random so that reports do not fall
/// into step. Members do not come and go: the reconsideration of section 6.3.3 has nothing to
/// reconsider. Feedback need not wait for a report (RFC 4585 section 3.4: among two there is no
/// dithering).
///
/// Deadlines of all peers lie on one grid, so that a loop that else sleeps wakes once for several
/// reports: to wake up costs it more than a report does.
public final class ReportTimer {
  private static final double SECOND = 1e9;
  private static final int MEMBERS = 2;
  private static final double FIRST_SIZE = 128;

  /// Of the grid: 67 ms.
  private static final long STEP = 1 << 26;

  private final RandomGenerator random;
  private final long minimum;
  private final double bandwidth;
  private double averageSize = FIRST_SIZE;
  private long deadline;

  /// @param minimum nanoseconds between reports, before chance; 1 s suits video, 5 s audio alone
  /// @param bandwidth octets a second for RTCP, 5 % of the session's
  /// @param now the first report is due about half an interval from here (section 6.2)
  public ReportTimer(RandomGenerator random, long minimum, double bandwidth, long now) {
    this.random = random;
    this.minimum = minimum;
    this.bandwidth = bandwidth;
    deadline = step(now + interval(minimum / 2));
  }

  /// A compound packet with a report was sent.
  ///
  /// @param octets of it on the wire with the headers of UDP and IP
  public void sent(int octets, long now) {
    averageSize += (octets - averageSize) / 16;
    deadline = step(now + interval(minimum));
  }

  /// When the next report is due.
  public long deadline() {
    return deadline;
  }

  /// Whether a report is due.
  public boolean due(long now) {
    return now - deadline >= 0;
  }

  private long interval(long least) {
    double needed = MEMBERS * averageSize / bandwidth * SECOND;
    return (long) (Math.max(least, needed) * (0.5 + random.nextDouble()));
  }

  private static long step(long time) {
    return time + STEP - 1 & -STEP;
  }
}
