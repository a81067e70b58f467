package dev.parley.house.seeded.engine.turn;

import dev.parley.house.seeded.wire.AbstractClock;

/// Starts threads.
public class Engine {
  Thread thread(AbstractClock clock) {
    return new Thread(clock::hashCode);
  }
}
