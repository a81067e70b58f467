package dev.parley.adapter;

import dev.parley.engine.Effects;
import dev.parley.engine.Engine;
import dev.parley.wire.FiveTuple;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Sends back what it gets and remembers from whom.
final class HeardEcho {
  final List<FiveTuple> heard = new CopyOnWriteArrayList<>();
  final List<FiveTuple> closed = new CopyOnWriteArrayList<>();

  Engine engine(Effects<?> effects) {
    return new Engine() {
      @Override
      public void receive(byte[] octets, int at, int length, FiveTuple path, long now) {
        heard.add(path);
        effects.transmit(octets, at, length, path);
      }

      @Override
      public void closed(FiveTuple path, long now) {
        closed.add(path);
      }

      @Override
      public void tick(long now) {}

      @Override
      public long deadline() {
        return NEVER;
      }
    };
  }
}
