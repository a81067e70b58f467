package dev.parley.engine.sfu;

import java.time.Duration;
import java.util.Arrays;

/// Answers the generic NACKs (RFC 4585 section 6.2.1) of one subscription: which packet of which
/// ring may be sent once more.
///
/// Confined to the loop of its subscription. A packet is sent again at most twice per round trip,
/// and all of them within a budget of octets, so a receiver that floods NACKs gets its share and no
/// more. For each number of a NACK: [#find], and where it names a slot, the [Rewriter] stands at
/// the packet and [#ring] is where it lies; the caller sends it, as RTX (RFC 4588) by
/// [dev.parley.engine.peer.RtxForm] or plainly once more.
public final class Retransmission {
  /// Where the packets of a source lie.
  public interface Rings {
    /// The ring of a source, or null if the source is gone.
    PacketRing ring(int source);
  }

  /// What [#find] says of a number it has nothing for.
  public static final int NONE = PacketRing.NONE;

  private static final int REMEMBERED = 256;
  private static final long SECOND = 1_000_000_000L;
  private static final long SHORTEST = Duration.ofMillis(10).toNanos();
  private static final long LONGEST = Duration.ofMillis(500).toNanos();
  private static final long OLDEST = Duration.ofSeconds(2).toNanos();

  /// A budget holds this many octets at least: one frame of many packets.
  private static final long SMALLEST_BURST = 30_000;

  private final Rewriter rewriter;
  private final Rings rings;
  private final long[] sentNumber = new long[REMEMBERED];
  private final long[] sentAt = new long[REMEMBERED];
  private long interval = Duration.ofMillis(50).toNanos();
  private long octetsPerSecond;
  private long credit;
  private long filledAt;
  private PacketRing ring;
  private long asked;
  private long answered;

  /// @param octetsPerSecond what may go into retransmissions
  /// @param now the budget is full from here
  public Retransmission(Rewriter rewriter, Rings rings, long octetsPerSecond, long now) {
    this.rewriter = rewriter;
    this.rings = rings;
    this.filledAt = now;
    Arrays.fill(sentNumber, NONE);
    budget(octetsPerSecond);
    credit = burst();
  }

  /// Changes the budget; half a second of it may go in one burst.
  public void budget(long octets) {
    octetsPerSecond = octets;
    credit = Math.min(credit, burst());
  }

  /// The receiver's round trip time is this many nanoseconds: no packet goes twice within half of
  /// it. A receiver asks again after what it holds for the round trip, which is less where ours is
  /// of feedback that comes in intervals.
  public void roundTrip(long nanoseconds) {
    interval = Math.clamp(nanoseconds / 2, SHORTEST, LONGEST);
  }

  /// The slot to send again for an outgoing sequence number, already paid for, or [#NONE]: unknown,
  /// overwritten, too old, of no use any more, just sent, or beyond the budget.
  ///
  /// @param number 16 bits, as the NACK has it
  public int find(int number, long now) {
    return find(number, now - interval, now);
  }

  /// The same for a packet of which it is known when it was sent last without arriving: whatever
  /// has been sent since is on its way.
  public int find(int number, long leftAt, long now) {
    asked++;
    if (!rewriter.recall(number)) {
      return NONE;
    }
    ring = rewriter.superseded() ? null : rings.ring(rewriter.source());
    int slot = ring == null ? NONE : ring.find(rewriter.incoming(), OLDEST, now);
    if (slot == NONE || sentAfter(rewriter.sequence(), leftAt) || !pay(ring, slot, now)) {
      return NONE;
    }
    int place = (int) rewriter.sequence() & REMEMBERED - 1;
    sentNumber[place] = rewriter.sequence();
    sentAt[place] = now;
    answered++;
    return slot;
  }

  /// The source is gone: its packets are not held on to.
  void forget() {
    ring = null;
  }

  /// The ring of the slot that [#find] has named last.
  public PacketRing ring() {
    return ring;
  }

  /// Numbers asked for so far.
  public long asked() {
    return asked;
  }

  /// Slots named so far.
  public long answered() {
    return answered;
  }

  private boolean sentAfter(long number, long time) {
    int place = (int) number & REMEMBERED - 1;
    return sentNumber[place] == number && sentAt[place] - time > 0;
  }

  private boolean pay(PacketRing from, int slot, long now) {
    fill(now);
    int octets = from.headerLength(slot) + from.payloadLength(slot);
    if (credit < octets) {
      return false;
    }
    credit -= octets;
    return true;
  }

  private void fill(long now) {
    long elapsed = Math.min(now - filledAt, SECOND);
    // Whole octets only; the rest of the time is kept for the next packet.
    long earned = (long) ((double) elapsed * octetsPerSecond / SECOND);
    if (earned > 0) {
      credit = Math.min(burst(), credit + earned);
      filledAt = now;
    }
  }

  private long burst() {
    return Math.max(SMALLEST_BURST, octetsPerSecond / 2);
  }
}
