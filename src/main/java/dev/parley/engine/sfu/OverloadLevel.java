package dev.parley.engine.sfu;

import dev.parley.media.OverloadStep;

/// What is done without while a loop has too much to do, level by level, each with all before it.
///
/// The share of busy time is a second's average. A loop at 75 % still answers at once, but has no
/// room for the next burst (a screen's key frame, twenty who join together); its largest pictures
/// are most of its work and are missed least. At 85 % packets begin to wait for each other: half of
/// the videos of large rooms, then a quarter, never fewer than 4, and half of the pictures a
/// second. At 92 % nothing is left to give away; one more person would take it from those inside. A
/// loop that comes late for seconds is there too, once it works much of the time: many such loops
/// share the machine's cores.
enum OverloadLevel {
  NONE(OverloadStep.NONE, 0, 0),
  SMALLER(OverloadStep.SMALLER, 0.75, 0),
  HALF(OverloadStep.FEWER, 0.85, 1),
  QUARTER(OverloadStep.FEWER, 0.85, 2),
  EIGHTH(OverloadStep.FEWER, 0.85, 3),
  FULL(OverloadStep.FULL, 0.92, 3);

  private final OverloadStep step;
  private final double busy;
  private final int halvings;

  OverloadLevel(OverloadStep step, double busy, int halvings) {
    this.step = step;
    this.busy = busy;
    this.halvings = halvings;
  }

  OverloadStep step() {
    return step;
  }

  /// The share of busy time from which on it holds.
  double busy() {
    return busy;
  }

  /// How often the number of videos is halved.
  int halvings() {
    return halvings;
  }

  OverloadLevel above() {
    return this == FULL ? this : values()[ordinal() + 1];
  }

  OverloadLevel below() {
    return this == NONE ? this : values()[ordinal() - 1];
  }
}
