package dev.parley.lab;

import dev.parley.engine.Effects;
import dev.parley.media.MediaEvent;
import dev.parley.wire.FiveTuple;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/// Effects as a list: what an engine ordered, in order, comparable with `assertEquals`.
///
/// @param <E> the engine's sealed control effects
public final class RecordedEffects<E> implements Effects<E> {
  /// A message that was sent.
  ///
  /// @param hex its octets, so that two of them compare and read well
  public record Sent(String hex, FiveTuple path) {
    public byte[] octets() {
      return HexFormat.of().parseHex(hex);
    }
  }

  private final List<Sent> sent = new ArrayList<>();
  private final List<E> ordered = new ArrayList<>();
  private final List<MediaEvent> told = new ArrayList<>();

  @Override
  public void transmit(byte[] octets, int at, int length, FiveTuple path) {
    byte[] copy = Arrays.copyOfRange(octets, at, at + length);
    sent.add(new Sent(HexFormat.of().formatHex(copy), path));
  }

  @Override
  public void effect(E effect) {
    ordered.add(effect);
  }

  @Override
  public void tell(MediaEvent event) {
    told.add(event);
  }

  /// What was told since the last call.
  public List<MediaEvent> told() {
    List<MediaEvent> since = List.copyOf(told);
    told.clear();
    return since;
  }

  /// What was sent since the last call.
  public List<Sent> sent() {
    List<Sent> since = List.copyOf(sent);
    sent.clear();
    return since;
  }

  /// What was ordered since the last call.
  public List<E> ordered() {
    List<E> since = List.copyOf(ordered);
    ordered.clear();
    return since;
  }
}
