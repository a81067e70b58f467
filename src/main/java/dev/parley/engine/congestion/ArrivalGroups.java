package dev.parley.engine.congestion;

/// Groups packets that left together and tells by how much each group's way took longer than that
/// of the group before it (draft-ietf-rmcat-gcc-02, sections 5.1 and 5.2). Confined to the loop of
/// its peer.
final class ArrivalGroups {
  /// Packets that left within this time are one group (section 5.2).
  private static final long BURST = 5 * RateWindow.MILLISECOND;

  /// A queue that was held up on the way and let go at once is one group however long it was made.
  private static final long LONGEST = 100 * RateWindow.MILLISECOND;

  private boolean begun;
  private boolean complete;
  private long firstSent;
  private long lastSent;
  private long firstArrival;
  private long lastArrival;
  private long sentBefore;
  private long arrivalBefore;
  private long sendDelta;
  private long arrivalDelta;

  /// Takes a packet that has arrived.
  ///
  /// @return whether it completed a group that followed another: then the deltas are those between
  ///   the two
  boolean arrived(long sent, long arrival) {
    if (!begun) {
      begin(sent, arrival);
      return false;
    }
    if (sent - firstSent < 0) {
      return false;
    }
    if (belongs(sent, arrival)) {
      lastSent = Math.max(0, sent - lastSent) + lastSent;
      lastArrival = Math.max(0, arrival - lastArrival) + lastArrival;
      return false;
    }
    boolean pair = complete;
    if (pair) {
      sendDelta = lastSent - sentBefore;
      arrivalDelta = lastArrival - arrivalBefore;
    }
    sentBefore = lastSent;
    arrivalBefore = lastArrival;
    begin(sent, arrival);
    complete = true;
    return pair && arrivalDelta >= 0;
  }

  /// Nanoseconds between the last packets of two groups as they left.
  long sendDelta() {
    return sendDelta;
  }

  /// Nanoseconds between the last packets of two groups as they arrived.
  long arrivalDelta() {
    return arrivalDelta;
  }

  /// When the last packet of the completed group arrived, on the receiver's clock.
  long arrival() {
    return arrivalBefore;
  }

  void clear() {
    begun = false;
    complete = false;
  }

  private void begin(long sent, long arrival) {
    begun = true;
    firstSent = sent;
    lastSent = sent;
    firstArrival = arrival;
    lastArrival = arrival;
  }

  private boolean belongs(long sent, long arrival) {
    if (sent - firstSent <= BURST) {
      return true;
    }
    // Section 5.2: closer together than when they left, and close indeed.
    long between = arrival - lastArrival;
    return between <= BURST && between - (sent - lastSent) < 0 && arrival - firstArrival < LONGEST;
  }
}
