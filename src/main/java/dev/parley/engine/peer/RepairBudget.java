package dev.parley.engine.peer;

/// How much of what the path to a client carries may go into retransmissions. Confined to the
/// peer's loop.
///
/// A path that has become narrow loses much at once, and its receiver asks for all of it again and
/// again. If all were sent, it would be lost as well, or keep the queue on the way full, and the
/// smaller picture that would fit had to wait behind what belongs to the large one.
final class RepairBudget {
  /// Share of the estimate; a path that loses every third packet for another reason is still
  /// served.
  private static final double SHARE = 0.5;

  /// So much may go at once: what is lost is lost in bursts.
  private static final double BURST_SECONDS = 0.5;

  /// Octets that may go at once however little the path carries: a few packets.
  private static final double SMALLEST_BURST = 4_500;

  private double credit = Double.MAX_VALUE;
  private double most = SMALLEST_BURST;
  private long filledAt;

  /// Pays for one packet; hot. False where there has been too much of it: the receiver asks again.
  ///
  /// @param estimate what the path carries, bit/s
  boolean take(int octets, long estimate, long now) {
    double rate = SHARE * estimate / 8;
    most = Math.max(SMALLEST_BURST, BURST_SECONDS * rate);
    credit = Math.min(most, credit + rate * (now - filledAt) / 1e9);
    filledAt = now;
    if (credit < octets) {
      return false;
    }
    credit -= octets;
    return true;
  }

  /// Whether little of it has been spent of late.
  boolean ample() {
    return credit > most / 2;
  }
}
