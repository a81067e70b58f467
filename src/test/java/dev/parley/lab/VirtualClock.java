package dev.parley.lab;

import java.time.Duration;

/// Time as a test wants it: it passes only when told to.
public final class VirtualClock {
  // Far from zero and near the wrap: whoever compares times without subtracting fails here first.
  private long now = Long.MAX_VALUE - Duration.ofSeconds(1).toNanos();

  /// Nanoseconds of this clock; comparable by subtraction only.
  public long now() {
    return now;
  }

  /// Lets time pass; returns the new time.
  public long pass(Duration time) {
    now += time.toNanos();
    return now;
  }
}
