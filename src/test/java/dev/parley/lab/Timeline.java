package dev.parley.lab;

import java.time.Duration;
import java.util.PriorityQueue;

/// What happens in virtual time, in its order.
public final class Timeline {
  private record Happening(long at, long order, Runnable what) {}

  private final VirtualClock clock = new VirtualClock();
  private final PriorityQueue<Happening> happenings =
      new PriorityQueue<>(
          (a, b) -> a.at != b.at ? Long.signum(a.at - b.at) : Long.compare(a.order, b.order));
  private final long begun = clock.now();
  private long order;

  public long now() {
    return clock.now();
  }

  /// Since the beginning.
  public Duration passed() {
    return Duration.ofNanos(clock.now() - begun);
  }

  public void at(long time, Runnable what) {
    happenings.add(new Happening(time, order++, what));
  }

  public void after(Duration time, Runnable what) {
    at(clock.now() + time.toNanos(), what);
  }

  /// From now on, again and again.
  public void every(Duration period, Runnable what) {
    what.run();
    after(period, () -> every(period, what));
  }

  /// Lets time pass, with all that happens in it.
  public void pass(Duration time) {
    long end = clock.now() + time.toNanos();
    while (!happenings.isEmpty() && happenings.peek().at - end <= 0) {
      Happening next = happenings.poll();
      if (next.at - clock.now() > 0) {
        clock.pass(Duration.ofNanos(next.at - clock.now()));
      }
      next.what.run();
    }
    clock.pass(Duration.ofNanos(end - clock.now()));
  }
}
