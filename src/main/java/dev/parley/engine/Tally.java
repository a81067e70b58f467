package dev.parley.engine;

import dev.parley.media.Counter;

/// Where an [Engine] counts: the row of its event loop. Hot, allocates nothing, one writer.
@FunctionalInterface
public interface Tally {
  /// Adds one.
  void count(Counter counter);

  /// Adds a number that is not negative, as of octets.
  default void add(Counter counter, long number) {
    for (long i = 0; i < number; i++) {
      count(counter);
    }
  }
}
