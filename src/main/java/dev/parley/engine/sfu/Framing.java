package dev.parley.engine.sfu;

import dev.parley.engine.Effects;
import dev.parley.engine.peer.PacketOut;
import dev.parley.wire.FiveTuple;
import dev.parley.wire.Octets;

/// How messages go out: on a stream with their length before them (RFC 4571, section 2), as
/// datagrams bare. Confined to the loop.
final class Framing implements PacketOut {
  /// Octets of the length before a message on a stream.
  static final int LENGTH = 2;

  private static final int LONGEST = 2048;

  private final Effects<SfuEffect> effects;
  private final byte[] frame = new byte[LENGTH + LONGEST];

  Framing(Effects<SfuEffect> effects) {
    this.effects = effects;
  }

  @Override
  public void transmit(byte[] octets, int at, int length, FiveTuple path) {
    if (!path.transport().stream()) {
      effects.transmit(octets, at, length, path);
    } else if (length <= LONGEST) {
      Octets.put16(frame, 0, length);
      System.arraycopy(octets, at, frame, LENGTH, length);
      effects.transmit(frame, 0, LENGTH + length, path);
    }
  }
}
