package dev.parley.engine;

import dev.parley.media.Counter;

/// Where an [Engine] counts what happens; the adapter backs it by the loop's own array.
@FunctionalInterface
public interface Tally {
  /// Hot: adds one; allocates nothing.
  void count(Counter counter);
}
