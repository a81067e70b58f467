package dev.parley.lab;

import dev.parley.engine.Tally;
import dev.parley.media.Counter;
import java.util.EnumMap;
import java.util.Map;

/// A tally a test can read.
public final class CountedTally implements Tally {
  private final Map<Counter, Long> counts = new EnumMap<>(Counter.class);

  @Override
  public void count(Counter counter) {
    counts.merge(counter, 1L, Long::sum);
  }

  @Override
  public void add(Counter counter, long number) {
    counts.merge(counter, number, Long::sum);
  }

  /// Every counter that is not zero.
  public Map<Counter, Long> counts() {
    return Map.copyOf(counts);
  }
}
