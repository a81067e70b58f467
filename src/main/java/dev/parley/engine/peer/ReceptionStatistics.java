package dev.parley.engine.peer;

import dev.parley.protocol.rtcp.NtpTime;

/// What has arrived of one SSRC, as report blocks tell it (RFC 3550 section 6.4.1, appendices A.1,
/// A.3 and A.8). Confined to the loop of its peer.
///
/// Sequence numbers are counted from the first packet on, without the probation of A.1: packets of
/// SRTP are authentic. Packets that came by RTX are not [#received] here; they count for the RTX
/// stream.
public final class ReceptionStatistics {
  private static final long SECOND = 1_000_000_000L;
  private static final int MAX_DROPOUT = 3_000;
  private static final int MAX_MISORDER = 100;
  private static final int NO_BAD_SEQUENCE = -1;

  private final int clockRate;
  private boolean started;
  private int highest;
  private int cycles;
  private long baseExtended;
  private int badSequence = NO_BAD_SEQUENCE;
  private long received;
  private long total;
  private long expectedBefore;
  private long receivedBefore;
  private int transit;
  private boolean transitKnown;
  private int jitter;
  private int fractionLost;
  private int lastSr;
  private long lastSrAt;

  /// @param clockRate ticks of the RTP clock a second
  public ReceptionStatistics(int clockRate) {
    this.clockRate = clockRate;
  }

  /// Counts one packet; hot.
  ///
  /// @param sequence 16 bits
  /// @param timestamp in ticks of the RTP clock
  /// @param now when it arrived
  public void received(int sequence, int timestamp, long now) {
    total++;
    if (!count(sequence)) {
      return;
    }
    received++;
    int passed = (int) ticks(now) - timestamp;
    if (transitKnown) {
      // A.8, scaled by 16; a jump of the timestamp or the clock is no jitter of the network.
      int difference = Math.abs(passed - transit);
      if (difference >= 0 && difference < 5 * clockRate) {
        jitter += difference - (jitter + 8 >> 4);
      }
    }
    transit = passed;
    transitKnown = true;
  }

  /// A sender report of this SSRC has arrived.
  ///
  /// @param ntp its NTP timestamp
  public void senderReport(long ntp, long now) {
    lastSr = NtpTime.middle(ntp);
    lastSrAt = now;
  }

  /// Closes the interval since the last report: [#fractionLost] speaks of it from now on (A.3).
  public void report() {
    long expected = expected();
    long expectedNow = expected - expectedBefore;
    long lostNow = expectedNow - (received - receivedBefore);
    expectedBefore = expected;
    receivedBefore = received;
    fractionLost =
        expectedNow <= 0 || lostNow <= 0 ? 0 : (int) Math.min(255, (lostNow << 8) / expectedNow);
  }

  /// Whether anything has arrived; before that there is nothing to report.
  public boolean started() {
    return started;
  }

  /// Lost of 256 expected in the interval that [#report] has closed.
  public int fractionLost() {
    return fractionLost;
  }

  /// Expected and not received since the beginning, in 24 bits signed; negative with duplicates.
  public int cumulativeLost() {
    return (int) Math.clamp(expected() - received, -0x80_0000L, 0x7f_ffffL);
  }

  /// Cycles in the upper 16 bits, the highest sequence number in the lower.
  public int highestSequence() {
    return cycles + highest;
  }

  /// Interarrival jitter in ticks of the RTP clock.
  public int jitter() {
    return jitter >> 4;
  }

  /// Interarrival jitter in nanoseconds.
  public long jitterTime() {
    return jitter() * SECOND / clockRate;
  }

  /// Middle 32 bits of the last sender report's NTP timestamp, 0 if none came.
  public int lastSr() {
    return lastSr;
  }

  /// Time since the last sender report in 1/65536 s, 0 if none came.
  public int delaySinceLastSr(long now) {
    return lastSr == 0 ? 0 : NtpTime.delay(now - lastSrAt);
  }

  /// Packets that arrived, all of them.
  public long packets() {
    return total;
  }

  /// A.1: whether the packet is one of the sequence going on; a jump is believed when the next
  /// packet goes on from it.
  private boolean count(int sequence) {
    int ahead = sequence - highest & 0xffff;
    if (!started) {
      begin(sequence);
    } else if (ahead < MAX_DROPOUT) {
      if (sequence < highest) {
        cycles += 1 << 16;
      }
      highest = sequence;
    } else if (ahead <= (1 << 16) - MAX_MISORDER) {
      if (sequence != badSequence) {
        badSequence = sequence + 1 & 0xffff;
        return false;
      }
      begin(sequence);
    }
    return true;
  }

  private void begin(int sequence) {
    started = true;
    cycles = 0;
    highest = sequence;
    baseExtended = sequence;
    badSequence = NO_BAD_SEQUENCE;
    received = 0;
    expectedBefore = 0;
    receivedBefore = 0;
    transitKnown = false;
  }

  /// Packets expected since the beginning, by their sequence numbers.
  public long expected() {
    return started ? (highestSequence() & 0xffff_ffffL) - baseExtended + 1 : 0;
  }

  private long ticks(long time) {
    return Math.floorDiv(time, SECOND) * clockRate
        + Math.floorMod(time, SECOND) * clockRate / SECOND;
  }
}
