package dev.parley.engine.congestion;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProbePlanTest {
  private static final double ESTIMATE = 300_000;
  private static final double TRIED = 600_000;
  private final ProbePlan plan = new ProbePlan();
  private long now = RateWindow.SECOND;

  @BeforeEach
  void somethingLeavesAndMoreCouldBeUsed() {
    plan.departed(now);
    plan.useful(2_000_000);
  }

  private void answered(double found) {
    now += RateWindow.SECOND;
    plan.answered(TRIED, found, found > 0, ESTIMATE, now);
  }

  @Test
  void whereNoVideoLeavesThePathIsTriedAfterTwoProbesThatFoundNothing() {
    answered(-1);
    assertFalse(plan.blind(ESTIMATE, true));
    answered(250_000);
    assertTrue(plan.blind(ESTIMATE, true));
  }

  @Test
  void whereVideoLeavesProbesAreBelieved() {
    answered(-1);
    answered(250_000);
    assertFalse(plan.blind(ESTIMATE, false));
  }

  @Test
  void aProbeThatFoundMoreOrACutEndsTheTry() {
    answered(-1);
    answered(-1);
    answered(500_000);
    assertFalse(plan.blind(ESTIMATE, true));
    answered(-1);
    answered(-1);
    assertTrue(plan.blind(ESTIMATE, true));
    plan.cut(ESTIMATE, now);
    assertFalse(plan.blind(ESTIMATE, true));
  }

  @Test
  void nothingIsTriedBeyondWhatCouldBeUsed() {
    answered(-1);
    answered(-1);
    plan.useful(ESTIMATE / 2);
    assertFalse(plan.blind(ESTIMATE, true));
  }
}
