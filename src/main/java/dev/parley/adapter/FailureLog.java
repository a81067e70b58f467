package dev.parley.adapter;

import dev.parley.adapter.io.Counters;
import dev.parley.media.Counter;
import java.util.concurrent.TimeUnit;

/// Counts the inputs on which an engine threw and sums them into one log line a second.
///
/// The line names the class and the place, never the message: that may quote what a stranger sent.
final class FailureLog {
  private static final System.Logger LOG = System.getLogger(FailureLog.class.getName());
  private static final long PERIOD = TimeUnit.SECONDS.toNanos(1);

  private final int loop;
  private final Counters counters;
  private long failures;
  private Throwable first;
  private boolean waiting;
  private long due;

  FailureLog(int loop, Counters counters) {
    this.loop = loop;
    this.counters = counters;
  }

  void failed(String service, Throwable failure, long now) {
    counters.count(Counter.ENGINE_FAILURES);
    LOG.log(System.Logger.Level.DEBUG, () -> "loop " + loop + ", " + service, failure);
    failures++;
    if (first == null) {
      first = failure;
    }
    if (!waiting) {
      write();
      waiting = true;
      due = now + PERIOD;
    }
  }

  /// Whether a line may have to be written later, at [#due()].
  boolean waiting() {
    return waiting;
  }

  long due() {
    return due;
  }

  void tick(long now) {
    if (waiting && now - due >= 0) {
      waiting = failures > 0;
      due = now + PERIOD;
      if (waiting) {
        write();
      }
    }
  }

  private void write() {
    StackTraceElement[] stack = first.getStackTrace();
    LOG.log(
        System.Logger.Level.WARNING,
        "loop {0}: {1} inputs dropped because an engine failed, the first by {2} at {3}",
        loop,
        failures,
        first.getClass().getName(),
        stack.length == 0 ? "an unknown place" : stack[0]);
    failures = 0;
    first = null;
  }
}
