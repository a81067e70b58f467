package dev.parley.engine.congestion;

/// What has left for a peer, by transport-wide sequence number: when, how large, and whether
/// feedback has spoken of it. Confined to the loop of its peer.
///
/// A ring that doubles while packets are overwritten that feedback may still come for.
final class SentLog {
  static final int NUMBERED = 0;
  static final int SENT = 1;
  static final int RECEIVED = 2;
  static final int LOST = 3;

  private static final int FIRST_CAPACITY = 512;

  /// 2 s at 80 Mbit/s; half of the 16-bit numbers, so that none is mistaken for another.
  private static final int MOST_CAPACITY = 16_384;

  /// Feedback that is later than this is of no use any more.
  private static final long REMEMBERED = 2 * RateWindow.SECOND;

  private static final int OCTETS = 0xffff;
  private static final int STATE = 16;
  private static final int STATE_MASK = 3 << STATE;
  private static final int CLUSTER = 24;

  private long[] sentAt = new long[FIRST_CAPACITY];
  private int[] notes = new int[FIRST_CAPACITY];
  private long[] marks = new long[FIRST_CAPACITY];
  private long next;
  private long latest;
  private boolean feedback;

  /// Feedback by these numbers comes: packets are worth being remembered.
  void expectFeedback() {
    feedback = true;
  }

  /// @param mark the sender's own, which is remembered with it; or [Missing#NO_MARK]
  /// @return its number, not cut to 16 bits
  long add(int octets, long mark) {
    int slot = slot(next);
    if (feedback && next >= sentAt.length && state(notes[slot]) == SENT) {
      slot = roomFor(slot);
    }
    notes[slot] = Math.clamp(octets, 0, OCTETS);
    marks[slot] = mark;
    return next++;
  }

  /// @param cluster of probes it belongs to, 0 to 255; 0 is none
  /// @return its number, or -1 where none waits for departure under it
  long departed(int sequence, int cluster, long now) {
    long number = number(sequence);
    if (number < 0 || state(number) != NUMBERED) {
      return -1;
    }
    int slot = slot(number);
    sentAt[slot] = now;
    notes[slot] = notes[slot] & OCTETS | SENT << STATE | cluster << CLUSTER;
    latest = now;
    return number;
  }

  /// The number that the lowest 16 bits mean, or -1 if none that is remembered.
  long number(int sequence) {
    long newest = next - 1;
    long number = newest - (newest - sequence & 0xffff);
    return remembered(number) ? number : -1;
  }

  boolean remembered(long number) {
    return number >= oldest() && number < next;
  }

  long oldest() {
    return Math.max(0, next - sentAt.length);
  }

  /// The number of the next packet.
  long next() {
    return next;
  }

  /// When the newest packet left.
  long latest() {
    return latest;
  }

  long sentAt(long number) {
    return sentAt[slot(number)];
  }

  long mark(long number) {
    return marks[slot(number)];
  }

  int octets(long number) {
    return notes[slot(number)] & OCTETS;
  }

  int cluster(long number) {
    return notes[slot(number)] >>> CLUSTER;
  }

  int state(long number) {
    return state(notes[slot(number)]);
  }

  void state(long number, int state) {
    int slot = slot(number);
    notes[slot] = notes[slot] & ~STATE_MASK | state << STATE;
  }

  private static int state(int note) {
    return (note & STATE_MASK) >> STATE;
  }

  private int slot(long number) {
    return (int) number & sentAt.length - 1;
  }

  private int roomFor(int slot) {
    if (sentAt.length == MOST_CAPACITY || latest - sentAt[slot] > REMEMBERED) {
      return slot;
    }
    long[] times = new long[2 * sentAt.length];
    int[] words = new int[times.length];
    long[] names = new long[times.length];
    for (long number = oldest(); number < next; number++) {
      int to = (int) number & times.length - 1;
      times[to] = sentAt[slot(number)];
      words[to] = notes[slot(number)];
      names[to] = marks[slot(number)];
    }
    sentAt = times;
    notes = words;
    marks = names;
    return slot(next);
  }
}
