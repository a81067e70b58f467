package dev.parley.engine.sfu;

import java.util.List;

/// The way of a track's packets to one other branch of its room. Confined to the loop.
public interface Leg {
  /// Hot: a packet stands in a slot of a layer's ring.
  ///
  /// @param begins whether a receiver may begin with it
  void forward(Layer layer, int slot, boolean begins, long now);

  /// What the timestamps of a layer mean has been told.
  void reported(Layer layer, long now);

  /// A layer comes no more.
  void ended(Layer layer);

  /// The encodings that branch has use for; empty for all there are.
  List<String> wanted();
}
