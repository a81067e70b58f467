package dev.parley.adapter;

import dev.parley.engine.Effects;
import dev.parley.engine.Engine;
import dev.parley.wire.FiveTuple;

/// Sends back what it gets, to whom it got it from.
record EchoEngine(Effects<?> effects) implements Engine {
  @Override
  public void receive(byte[] octets, int at, int length, FiveTuple path, long now) {
    effects.transmit(octets, at, length, path);
  }

  @Override
  public void tick(long now) {}

  @Override
  public long deadline() {
    return NEVER;
  }
}
