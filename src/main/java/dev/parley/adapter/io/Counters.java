package dev.parley.adapter.io;

import dev.parley.engine.Tally;
import dev.parley.media.Counter;
import dev.parley.media.Snapshot;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// The counters of one loop: a `long[]` with the loop as its single writer, read by any thread.
///
/// Opaque access is what that takes: no torn or stuck values, and no fence on the hot path.
public final class Counters implements Tally {
  private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(long[].class);

  private final int loop;
  private final long[] cells = new long[Counter.values().length];

  public Counters(int loop) {
    this.loop = loop;
  }

  @Override
  public void count(Counter counter) {
    add(counter, 1);
  }

  /// Hot: adds a number; by the loop only.
  @Override
  public void add(Counter counter, long number) {
    int cell = counter.ordinal();
    CELL.setOpaque(cells, cell, cells[cell] + number);
  }

  /// What is no count but stands there; by the loop only.
  public void set(Counter counter, long value) {
    CELL.setOpaque(cells, counter.ordinal(), value);
  }

  /// All values now; each is exact, together they are not of one instant.
  public Snapshot snapshot() {
    long[] counts = new long[cells.length];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = (long) CELL.getOpaque(cells, i);
    }
    return new Snapshot(loop, counts);
  }
}
