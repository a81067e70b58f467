package dev.parley.house.seeded.wire;

import dev.parley.house.seeded.engine.turn.Engine;

/// Imports what it must not, closes a cycle, asks the clock and is called Abstract.
public class AbstractClock {
  long now(Engine engine) {
    return System.nanoTime() + engine.hashCode();
  }
}
