package dev.parley.engine.sfu;

/// Which layer of a track a subscription is to get: the best that is live. Confined to the loop of
/// the room.
///
/// What a receiver can take and wants to see is not asked yet; that is the place for it.
final class LayerChoice {
  /// Half seconds without a packet after which a layer has stopped.
  private static final int SILENCE = 4;

  /// A layer must be so much better for a switch, which costs a key frame.
  private static final double BETTER = 1.3;

  private LayerChoice() {}

  /// @param layers some places may be empty
  /// @param current what is forwarded or waited for, or null
  /// @return null where there is no layer at all
  static Layer choose(Layer[] layers, Layer current) {
    Layer best = current;
    for (Layer layer : layers) {
      if (layer != null && (best == null || better(layer, best))) {
        best = layer;
      }
    }
    return best;
  }

  private static boolean better(Layer layer, Layer than) {
    boolean live = layer.meter().live(SILENCE);
    if (live != than.meter().live(SILENCE)) {
      return live;
    }
    return layer.meter().rate() > BETTER * than.meter().rate();
  }
}
