package dev.parley.adapter;

import dev.parley.engine.Engine;

/// A part of a loop that wants to be called at a time of its own, as [Engine]s are.
public interface Ticking {
  /// Time has reached [#deadline()]; may be called late.
  void tick(long now);

  /// When it next wants to be ticked, or [Engine#NEVER].
  long deadline();

  /// The loop ends; what is sent now is still flushed.
  default void stop() {}
}
