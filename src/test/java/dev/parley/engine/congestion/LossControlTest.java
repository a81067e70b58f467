package dev.parley.engine.congestion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.lab.VirtualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LossControlTest {
  private final VirtualClock clock = new VirtualClock();
  private final LossControl control = new LossControl(Bounds.DEFAULT);

  /// Half seconds of 100 packets each; returns how many of them showed a full path.
  private int pass(int windows, int lost) {
    int full = 0;
    for (int i = 0; i < windows; i++) {
      for (int part = 0; part < 5; part++) {
        clock.pass(Duration.ofMillis(101));
        full += control.add(20 - lost / 5, lost / 5, clock.now()) ? 1 : 0;
      }
    }
    return full;
  }

  @Test
  void lossOf5PercentNeitherBoundsNorCuts() {
    assertEquals(0, pass(40, 5));
    assertTrue(control.bound() >= 10_000_000);
  }

  @Test
  void oneWindowOfHeavyLossCutsNothing() {
    pass(4, 0);
    assertEquals(0, pass(1, 40));
    assertEquals(0, pass(4, 0));
  }

  @Test
  void lossThatLastsCutsAndCutsAgainIfLessSentLosesLess() {
    pass(4, 0);
    assertEquals(1, pass(3, 40));
    pass(4, 5);
    assertEquals(1, pass(3, 40));
  }

  @Test
  void lossThatLessSentDoesNotLessenIsThePathsOwn() {
    assertEquals(1, pass(40, 20));
    assertFalse(control.high());
  }

  @Test
  void theMoreIsLostTheLowerIsTheBound() {
    pass(60, 20);
    assertEquals(100_000 / 0.15, control.bound(), 10_000);
    pass(60, 50);
    assertEquals(100_000 / 0.45, control.bound(), 10_000);
    pass(60, 0);
    assertEquals(Bounds.DEFAULT.most(), control.bound());
  }
}
