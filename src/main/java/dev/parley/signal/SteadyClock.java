package dev.parley.signal;

import java.util.function.LongSupplier;

/// Milliseconds since 1970 as they stood at the start, counted on by a clock that never goes back.
final class SteadyClock implements LongSupplier {
  private final long start = System.currentTimeMillis() - System.nanoTime() / 1_000_000;

  @Override
  public long getAsLong() {
    return start + System.nanoTime() / 1_000_000;
  }
}
