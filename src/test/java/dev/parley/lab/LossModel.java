package dev.parley.lab;

import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

/// Which packets a path loses, whatever is sent: asked once for each, true is lost.
public final class LossModel {
  private LossModel() {}

  public static BooleanSupplier none() {
    return () -> false;
  }

  /// Each on its own.
  public static BooleanSupplier random(double share, long seed) {
    var random = new SplittableRandom(seed);
    return () -> random.nextDouble() < share;
  }

  /// In bursts (Gilbert's model): all are lost in the bad state, none in the good one.
  ///
  /// @param share of the packets, in the long run
  /// @param burst mean length of a burst, packets
  public static BooleanSupplier bursts(double share, double burst, long seed) {
    var random = new SplittableRandom(seed);
    boolean[] bad = new boolean[1];
    double leave = 1 / burst;
    double enter = leave * share / (1 - share);
    return () -> {
      bad[0] = bad[0] ? random.nextDouble() >= leave : random.nextDouble() < enter;
      return bad[0];
    };
  }
}
