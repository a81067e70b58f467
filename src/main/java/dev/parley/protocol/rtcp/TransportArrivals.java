package dev.parley.protocol.rtcp;

import java.util.Arrays;

/// When packets with a transport-wide sequence number arrived, as far as feedback has still to be
/// given (draft-holmer-rmcat-transport-wide-cc-extensions-01, section 3).
///
/// Confined to one thread. A ring: what is older than its capacity is forgotten, told or not.
public final class TransportArrivals {
  private static final long ABSENT = Long.MIN_VALUE;

  private final long[] ticks;
  private long newest = -1;
  private long first;
  private boolean begun;

  /// @param capacity sequence numbers remembered: a power of two up to 32,768, more than arrive
  ///   between two feedbacks
  public TransportArrivals(int capacity) {
    if (capacity < 1 || capacity > 0x8000 || Integer.bitCount(capacity) != 1) {
      throw new IllegalArgumentException("a ring of " + capacity);
    }
    ticks = new long[capacity];
    Arrays.fill(ticks, ABSENT);
  }

  /// Notes an arrival. One that comes late, after feedback called it lost, makes the next feedback
  /// begin with it.
  ///
  /// @param sequence the lowest 16 bits count
  /// @param now nanoseconds on any clock that runs evenly
  /// @return false for a duplicate and for one too old to be remembered
  public boolean arrived(int sequence, long now) {
    long number = newest + (short) (sequence - newest);
    if (!begun) {
      begun = true;
      number = sequence & 0xffff;
      newest = number - 1;
      first = number;
    }
    if (number <= newest - ticks.length || number <= newest && at(number) != ABSENT) {
      return false;
    }
    advance(number);
    ticks[slot(number)] = Math.floorDiv(now, TransportFeedback.TICK);
    first = Math.min(first, number);
    return true;
  }

  /// Whether there is something to give feedback on.
  public boolean pending() {
    return first <= newest;
  }

  /// How many sequence numbers feedback has still to speak of, lost ones included.
  public int statuses() {
    return (int) (newest - first + 1);
  }

  /// The first sequence number that feedback has still to speak of.
  long first() {
    return first;
  }

  /// Whether a pending sequence number has arrived.
  boolean received(long number) {
    return at(number) != ABSENT;
  }

  /// When it did, in units of [TransportFeedback#TICK].
  long at(long number) {
    return ticks[slot(number)];
  }

  /// So many statuses have been told.
  void told(int statuses) {
    first += statuses;
  }

  private void advance(long number) {
    long unknown = Math.max(newest + 1, number - ticks.length + 1);
    for (long i = unknown; i <= number; i++) {
      ticks[slot(i)] = ABSENT;
    }
    newest = Math.max(newest, number);
    first = Math.max(first, newest - ticks.length + 1);
  }

  private int slot(long number) {
    return (int) number & ticks.length - 1;
  }
}
