package dev.parley.engine.sfu;

/// Which incoming sequence numbers became which outgoing ones: a bounded history of runs, each of
/// packets numbered without a break on both sides. Confined to the loop of its subscription.
///
/// ```
/// incoming  10 11 12 13 -- -- 16 17 ...      14 and 15 dropped: a run ends, the next begins
/// outgoing   1  2  3  4        5  6 ...      without a gap; 12 lost: 3 stays a gap
/// ```
///
/// A run costs the same however long it is, so losses and jumps of a source cost nothing; what
/// costs a run is a packet dropped on purpose or a switch. The oldest runs are forgotten.
final class Runs {
  /// No run.
  static final int NONE = -1;

  private final int[] source;
  private final long[] incoming;
  private final long[] end;
  private final long[] outgoing;
  private final int[] timestampOffset;
  private final int[] pictureOffset;
  private final int[] tl0Offset;
  private final int[] frameOffset;
  private int count;

  /// @param capacity runs remembered, a power of two
  Runs(int capacity) {
    source = new int[capacity];
    incoming = new long[capacity];
    end = new long[capacity];
    outgoing = new long[capacity];
    timestampOffset = new int[capacity];
    pictureOffset = new int[capacity];
    tl0Offset = new int[capacity];
    frameOffset = new int[capacity];
  }

  /// Begins a run that is open, behind the last one, which must be closed.
  ///
  /// @return it
  int open(int from, long first, long out, int timestamps, Pictures pictures) {
    int run = slot(count++);
    source[run] = from;
    incoming[run] = first;
    end[run] = Long.MAX_VALUE;
    outgoing[run] = out;
    timestampOffset[run] = timestamps;
    pictureOffset[run] = pictures.offset();
    tl0Offset[run] = pictures.tl0Offset();
    frameOffset[run] = pictures.frameOffset();
    return run;
  }

  /// Ends the last run before this incoming number, unless it has ended.
  void close(long before) {
    int run = last();
    end[run] = Math.min(end[run], before);
  }

  boolean isEmpty() {
    return count == 0;
  }

  /// The last run; there is one.
  int last() {
    return slot(count - 1);
  }

  /// The outgoing number behind a run that has ended.
  long behind(int run) {
    return outgoing[run] + end[run] - incoming[run];
  }

  /// The outgoing number of an incoming one in a run.
  long outgoing(int run, long number) {
    return outgoing[run] + number - incoming[run];
  }

  /// The incoming number of an outgoing one in a run.
  long incoming(int run, long number) {
    return incoming[run] + number - outgoing[run];
  }

  /// The latest run that begins no later than an incoming number, if it holds it, or [#NONE]. Runs
  /// of an earlier source are numbered otherwise: ask only for what is no older than its start.
  int ofIncoming(long number) {
    for (int i = count - 1; i >= oldest(); i--) {
      int run = slot(i);
      if (number >= incoming[run]) {
        return number < end[run] ? run : NONE;
      }
    }
    return NONE;
  }

  /// The run that holds an outgoing number, or [#NONE].
  int ofOutgoing(long number) {
    for (int i = count - 1; i >= oldest(); i--) {
      int run = slot(i);
      if (number >= outgoing[run]) {
        return number - outgoing[run] < end[run] - incoming[run] ? run : NONE;
      }
    }
    return NONE;
  }

  int source(int run) {
    return source[run];
  }

  int timestampOffset(int run) {
    return timestampOffset[run];
  }

  int pictureOffset(int run) {
    return pictureOffset[run];
  }

  int tl0Offset(int run) {
    return tl0Offset[run];
  }

  int frameOffset(int run) {
    return frameOffset[run];
  }

  private int oldest() {
    return Math.max(0, count - source.length);
  }

  private int slot(int place) {
    return place & source.length - 1;
  }
}
