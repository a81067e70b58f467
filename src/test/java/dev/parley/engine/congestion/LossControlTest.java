package dev.parley.engine.congestion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.lab.VirtualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LossControlTest {
  private final VirtualClock clock = new VirtualClock();
  private int own;
  private final LossControl control = new LossControl(Bounds.DEFAULT);

  /// Half seconds of 100 packets each; returns how many of them showed a full path.
  private int pass(int windows, int lost) {
    int full = 0;
    for (int i = 0; i < windows; i++) {
      for (int part = 0; part < 5; part++) {
        clock.pass(Duration.ofMillis(101));
        var shown = control.add(20 - lost / 5, lost / 5, clock.now());
        full += shown == LossControl.Verdict.FULL ? 1 : 0;
        own += shown == LossControl.Verdict.OWN ? 1 : 0;
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
  void lossThatLessSentDoesNotLessenIsThePathsOwnAndBoundsNothing() {
    assertEquals(1, pass(40, 20));
    assertEquals(1, own);
    assertFalse(control.high());
    assertEquals(Bounds.DEFAULT.most(), control.bound());
  }

  @Test
  void whatIsLostBeyondThePathsOwnCutsAgain() {
    pass(40, 20);
    int full = 0;
    for (int i = 0; i < 12 && full == 0; i++) {
      full = pass(1, 70);
    }
    assertEquals(1, full);
  }

  @Test
  void theMoreIsLostTheLowerIsTheBound() {
    pass(4, 0);
    pass(3, 30);
    double bound = control.bound();
    assertTrue(bound < 10_000_000, () -> bound + " bit/s");
    pass(4, 0);
    pass(3, 60);
    assertTrue(control.bound() < bound / 2, () -> control.bound() + " bit/s");
    pass(60, 0);
    assertEquals(Bounds.DEFAULT.most(), control.bound());
  }
}
