package dev.parley.engine.congestion;

import dev.parley.protocol.rtcp.RtcpRefusal;
import dev.parley.protocol.rtcp.TransportFeedback;

/// Compares transport-wide feedback with what has left, and hands on what arrived and when.
/// Confined to the loop of its peer; what makes no sense is passed over.
final class FeedbackWalk {
  private final TransportFeedback reader = new TransportFeedback();
  private final ArrivalClock clock = new ArrivalClock();
  private final SentLog log;
  private final DelayControl delays;
  private final LossControl losses;
  private final Probing probing;
  private final Missing missing = new Missing();
  private long newest = -1;
  private long covered;
  private int received;
  private int lost;
  private boolean newer;

  FeedbackWalk(SentLog log, DelayControl delays, LossControl losses, Probing probing) {
    this.log = log;
    this.delays = delays;
    this.losses = losses;
    this.probing = probing;
  }

  /// @return whether the feedback was about packets that have left
  boolean take(byte[] octets, int at, int length, long now) {
    missing.clear();
    if (reader.read(octets, at, length) != RtcpRefusal.NONE) {
      return false;
    }
    long base = log.number(reader.baseSequence());
    if (base < 0) {
      return false;
    }
    if (!clock.begin(reader.referenceTime(), now)) {
      delays.clockJumped();
    }
    delays.begin();
    arrivals(now);
    long end = Math.min(base + reader.statusCount(), log.next());
    lost = lost(Math.max(base, covered), end);
    covered = Math.max(covered, end);
    return true;
  }

  /// Packets it said were received, for the first time.
  int received() {
    return received;
  }

  /// Packets it passed over, for the first time.
  int lost() {
    return lost;
  }

  /// Those of them that have a mark.
  Missing missing() {
    return missing;
  }

  /// All packets before this one have been told of.
  long covered() {
    return covered;
  }

  /// Whether a packet has arrived that left after all that had.
  boolean newer() {
    return newer;
  }

  /// When the newest packet that has arrived left.
  long left() {
    return log.sentAt(newest);
  }

  /// Octets that left after it.
  long sentSince() {
    long octets = 0;
    for (long number = Math.max(newest + 1, log.oldest()); number < log.next(); number++) {
      octets += log.state(number) == SentLog.SENT ? log.octets(number) : 0;
    }
    return octets;
  }

  private void arrivals(long now) {
    received = 0;
    long before = newest;
    while (reader.nextReceived()) {
      long number = log.number(reader.sequence());
      if (number >= 0) {
        arrived(number, now);
      }
    }
    newer = newest > before;
  }

  private void arrived(long number, long now) {
    int state = log.state(number);
    if (state != SentLog.SENT && state != SentLog.LOST) {
      return;
    }
    log.state(number, SentLog.RECEIVED);
    long left = log.sentAt(number);
    long arrival = clock.at(reader.ticks());
    int octets = log.octets(number);
    delays.arrived(left, arrival, octets, now);
    probing.arrived(log.cluster(number), left, arrival, octets);
    if (state == SentLog.LOST) {
      losses.found();
    } else {
      received++;
      newest = Math.max(newest, number);
    }
  }

  private int lost(long from, long end) {
    int count = 0;
    for (long number = Math.max(from, log.oldest()); number < end; number++) {
      if (log.state(number) == SentLog.SENT) {
        log.state(number, SentLog.LOST);
        missing.add(log.mark(number), log.sentAt(number));
        count++;
      }
    }
    return count;
  }
}
