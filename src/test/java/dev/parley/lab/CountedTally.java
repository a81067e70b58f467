package dev.parley.lab;

import dev.parley.engine.Tally;
import dev.parley.media.Counter;
import java.util.EnumMap;
import java.util.Map;

/// A tally a test can read.
public final class CountedTally implements Tally {
  private final long[] counts = new long[Counter.values().length];

  @Override
  public void count(Counter counter) {
    add(counter, 1);
  }

  @Override
  public void add(Counter counter, long number) {
    counts[counter.ordinal()] += number;
  }

  /// Every counter that is not zero.
  public Map<Counter, Long> counts() {
    Map<Counter, Long> all = new EnumMap<>(Counter.class);
    for (Counter counter : Counter.values()) {
      if (counts[counter.ordinal()] != 0) {
        all.put(counter, counts[counter.ordinal()]);
      }
    }
    return all;
  }
}
