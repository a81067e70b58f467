package dev.parley.adapter;

import dev.parley.engine.Effects;
import dev.parley.engine.Engine;
import dev.parley.wire.FiveTuple;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A media service that remembers what it heard and on what path, and sends it back out of an array
/// that has no room to spare, as an engine may.
final class RecordedMedia {
  /// @param paths where it came in, each with the loop's number
  record Heard(int loop, FiveTuple path, List<Byte> octets) {}

  final List<Heard> heard = new CopyOnWriteArrayList<>();

  /// What was not the same any more after it had been sent.
  final List<String> harmed = new CopyOnWriteArrayList<>();

  Engine engine(int loop, Effects<String> effects) {
    return new Engine() {
      @Override
      public void receive(byte[] octets, int at, int length, FiveTuple path, long now) {
        byte[] own = Arrays.copyOfRange(octets, at, at + length);
        Heard it = new Heard(loop, path, bytes(own));
        heard.add(it);
        // It may change what it gets, as it decrypts in place.
        Arrays.fill(octets, at, at + length, (byte) 0);
        effects.transmit(own, 0, length, path);
        if (!it.octets().equals(bytes(own))) {
          harmed.add(path.toString());
        }
      }

      @Override
      public void tick(long now) {}

      @Override
      public long deadline() {
        return NEVER;
      }
    };
  }

  static List<Byte> bytes(byte[] octets) {
    Byte[] boxed = new Byte[octets.length];
    Arrays.setAll(boxed, i -> octets[i]);
    return List.of(boxed);
  }
}
