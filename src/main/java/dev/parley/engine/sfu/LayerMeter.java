package dev.parley.engine.sfu;

/// How much comes of one layer, by which layers are told apart: the names of encodings say nothing
/// of their order. Confined to the loop of the room.
final class LayerMeter {
  private static final double SHARE = 0.3;

  private long octets;
  private double rate;
  private int silent;

  /// A packet came; hot.
  void received(int length) {
    octets += length;
  }

  /// Takes what came since the last call into the average.
  void tick(double seconds) {
    double now = octets / seconds;
    rate = rate == 0 ? now : rate + SHARE * (now - rate);
    silent = octets == 0 ? silent + 1 : 0;
    octets = 0;
  }

  /// Octets a second.
  double rate() {
    return rate;
  }

  /// Whether something came in one of the last few ticks, or since.
  boolean live(int ticks) {
    return octets > 0 || silent < ticks;
  }
}
