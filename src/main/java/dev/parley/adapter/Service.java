package dev.parley.adapter;

import dev.parley.engine.Effects;
import dev.parley.engine.Engine;
import dev.parley.engine.Tally;
import java.util.List;

/// What runs on every loop: an engine of its own for each, fed by the same listeners.
///
/// @param framer for the stream listeners; a service without them never asks it
/// @param layers before the engine of each loop, the outermost first
/// @param streams before the framer, on all stream listeners
/// @param <E> the engine's sealed control effects
public record Service<E>(
    String name,
    List<Listener> listeners,
    Framer framer,
    EngineFactory<E> engines,
    EffectHandler<E> effects,
    List<Intake.Layer> layers,
    StreamLayer streams) {
  public Service {
    listeners = List.copyOf(listeners);
    layers = List.copyOf(layers);
  }

  /// A service whose streams are bare.
  public Service(
      String name,
      List<Listener> listeners,
      Framer framer,
      EngineFactory<E> engines,
      EffectHandler<E> effects,
      List<Intake.Layer> layers) {
    this(name, listeners, framer, engines, effects, layers, StreamLayer.NONE);
  }

  /// A service without layers.
  public Service(
      String name,
      List<Listener> listeners,
      Framer framer,
      EngineFactory<E> engines,
      EffectHandler<E> effects) {
    this(name, listeners, framer, engines, effects, List.of());
  }

  /// Makes the engine of one loop.
  @FunctionalInterface
  public interface EngineFactory<E> {
    Engine create(int loop, Effects<E> effects, Tally tally);
  }
}
