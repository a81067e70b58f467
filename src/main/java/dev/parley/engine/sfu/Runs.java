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

  // A run's numbers stand side by side, so that a packet touches one place in memory.
  private static final int INCOMING = 0;
  private static final int END = 1;
  private static final int OUTGOING = 2;
  private static final int SOURCE_AND_STAMPS = 3;
  private static final int PICTURES = 4;
  private static final int STRIDE = 5;

  private final int capacity;
  private final long[] cells;
  private int count;

  /// @param capacity runs remembered, a power of two
  Runs(int capacity) {
    this.capacity = capacity;
    cells = new long[capacity * STRIDE];
  }

  /// Begins a run that is open, behind the last one, which must be closed.
  ///
  /// @return it
  int open(int from, long first, long out, int timestamps, Pictures pictures) {
    int run = slot(count++);
    cells[run + INCOMING] = first;
    cells[run + END] = Long.MAX_VALUE;
    cells[run + OUTGOING] = out;
    cells[run + SOURCE_AND_STAMPS] = pair(from, timestamps);
    int others = pictures.frameOffset() << 16 | pictures.tl0Offset() & 0xffff;
    cells[run + PICTURES] = pair(pictures.offset(), others);
    return run;
  }

  private static long pair(int upper, int lower) {
    return (long) upper << 32 | lower & 0xffff_ffffL;
  }

  /// Ends the last run before this incoming number, unless it has ended.
  void close(long before) {
    int run = last();
    cells[run + END] = Math.min(cells[run + END], before);
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
    return cells[run + OUTGOING] + cells[run + END] - cells[run + INCOMING];
  }

  /// The outgoing number of an incoming one in a run.
  long outgoing(int run, long number) {
    return cells[run + OUTGOING] + number - cells[run + INCOMING];
  }

  /// The incoming number of an outgoing one in a run.
  long incoming(int run, long number) {
    return cells[run + INCOMING] + number - cells[run + OUTGOING];
  }

  /// The latest run that begins no later than an incoming number, if it holds it, or [#NONE]. Runs
  /// of an earlier source are numbered otherwise: ask only for what is no older than its start.
  int ofIncoming(long number) {
    for (int i = count - 1; i >= oldest(); i--) {
      int run = slot(i);
      if (number >= cells[run + INCOMING]) {
        return number < cells[run + END] ? run : NONE;
      }
    }
    return NONE;
  }

  /// The run that holds an outgoing number, or [#NONE].
  int ofOutgoing(long number) {
    for (int i = count - 1; i >= oldest(); i--) {
      int run = slot(i);
      if (number >= cells[run + OUTGOING]) {
        return number - cells[run + OUTGOING] < cells[run + END] - cells[run + INCOMING]
            ? run
            : NONE;
      }
    }
    return NONE;
  }

  int source(int run) {
    return (int) (cells[run + SOURCE_AND_STAMPS] >> 32);
  }

  int timestampOffset(int run) {
    return (int) cells[run + SOURCE_AND_STAMPS];
  }

  int pictureOffset(int run) {
    return (int) (cells[run + PICTURES] >> 32);
  }

  int tl0Offset(int run) {
    return (short) cells[run + PICTURES];
  }

  /// Whether pictures of a run keep all their numbers.
  boolean keepsPictures(int run) {
    return cells[run + PICTURES] == 0;
  }

  /// Its lowest 16 bits count.
  int frameOffset(int run) {
    return (int) cells[run + PICTURES] >> 16;
  }

  private int oldest() {
    return Math.max(0, count - capacity);
  }

  private int slot(int place) {
    return (place & capacity - 1) * STRIDE;
  }
}
