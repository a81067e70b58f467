package dev.parley.engine.peer;

/// The sequence numbers that one outgoing SSRC has used up, over all the times it was sent: none
/// may come twice under one key, or SRTP loses its secrecy (RFC 3711, section 9.1). Confined to the
/// peer's loop.
///
/// A track that stopped and is sent again begins with numbers of the subscription's choice; they
/// are moved up behind those that were used.
final class Numbers {
  /// Room for packets that come late behind the first one.
  private static final int MARGIN = 64;

  private static final long NONE = Long.MIN_VALUE;

  private long highest = NONE;
  private long floor = NONE;
  private long offset;
  private boolean begun;

  /// The next number begins anew.
  void again() {
    begun = false;
    floor = highest;
  }

  /// The extended number to send with, or negative where it might have been used; hot.
  long place(long sequence) {
    if (!begun) {
      begun = true;
      offset = floor == NONE ? 0 : Math.max(0, floor + MARGIN - sequence);
    }
    long placed = sequence + offset;
    if (placed <= floor) {
      return -1;
    }
    highest = Math.max(highest, placed);
    return placed;
  }

  /// The number a packet was sent with, of one that was given to [#place] before.
  long placed(long sequence) {
    return sequence + offset;
  }

  /// The lowest 32 bits of the subscription's number of what a receiver speaks of.
  int told(int number) {
    return number - (int) offset;
  }
}
