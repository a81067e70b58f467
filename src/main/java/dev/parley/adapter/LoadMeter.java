package dev.parley.adapter;

import dev.parley.engine.Deadline;
import dev.parley.engine.Engine;
import java.time.Duration;
import java.util.function.LongSupplier;

/// How busy a loop is, and how late: measured over a quarter of a second, or until the next turn of
/// a loop that has nothing to do. Confined to its loop.
///
/// Busy is by the time the thread had a processor: what it waited for one is not its work. A
/// deadline that was due is missed by as long as the turn before took, whatever kept it: its work,
/// a pause of the collector, or a machine that has others to serve. Packets wait as long.
final class LoadMeter {
  private static final long WINDOW = Duration.ofMillis(250).toNanos();

  /// A loop that does less is not woken to say that it does nothing.
  private static final double IDLE = 0.05;

  private final LongSupplier processor;
  private boolean begun;
  private long processed;
  private long windowAt;
  private long worked;
  private long worst;
  private long turnAt;
  private double busy;
  private long late;

  /// @param processor nanoseconds that the asking thread has run so far, negative where that is not
  ///   known
  LoadMeter(LongSupplier processor) {
    this.processor = processor;
  }

  /// A turn begins.
  ///
  /// @return whether there is something new to be told
  boolean over(long now) {
    if (!begun) {
      begun = true;
      windowAt = now;
      turnAt = now;
      processed = processor.getAsLong();
    }
    long passed = now - windowAt;
    if (passed < WINDOW) {
      return false;
    }
    busy = Math.min(1, (double) work() / passed);
    late = worst;
    worked = 0;
    worst = 0;
    windowAt = now;
    return true;
  }

  private long work() {
    long before = processed;
    processed = processor.getAsLong();
    return processed < 0 ? worked : processed - before;
  }

  /// A deadline was met now; one that was in the past when it was set is late since that turn.
  ///
  /// @param deadline or [Engine#NEVER]
  void late(long deadline, long now) {
    if (deadline != Engine.NEVER) {
      worst = Math.max(worst, Math.min(now - deadline, now - turnAt));
    }
  }

  /// A turn has ended.
  void worked(long at, long time) {
    turnAt = at;
    worked += time;
  }

  /// When a window is to end, or [Engine#NEVER].
  long deadline() {
    boolean idle = busy < IDLE && worked < IDLE * WINDOW;
    return begun && !idle ? Deadline.at(windowAt + WINDOW) : Engine.NEVER;
  }

  /// The share of the last window that the loop worked.
  double busy() {
    return busy;
  }

  /// How late it came at worst in that, in nanoseconds.
  long late() {
    return late;
  }
}
