package dev.parley.engine.congestion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class OveruseDetectorTest {
  private static final long MILLISECOND = 1_000_000;

  private final Trendline trendline = new Trendline();
  private final OveruseDetector detector = new OveruseDetector();
  private long arrival;

  /// Groups 10 ms apart, each so much later than the one before.
  private Usage groups(int count, double later) {
    Usage usage = Usage.NORMAL;
    for (int i = 0; i < count; i++) {
      arrival += (long) ((10 + later) * MILLISECOND);
      trendline.add(later, arrival);
      usage = detector.detect(trendline.trend(), 10, 10 + later);
    }
    return usage;
  }

  @Test
  void evenDelayIsNormal() {
    assertEquals(Usage.NORMAL, groups(100, 0));
  }

  @Test
  void aQueueThatGrowsIsOveruseAndOneThatDrainsIsUnderuse() {
    groups(100, 0);
    assertEquals(Usage.OVERUSE, groups(15, 2));
    assertEquals(Usage.UNDERUSE, groups(40, -2));
  }

  @Test
  void aSlightSlopeIsNoOveruse() {
    groups(100, 0);
    assertEquals(Usage.NORMAL, groups(30, 0.2));
  }

  @Test
  void theThresholdRisesWithATrendJustBeyondIt() {
    groups(100, 0);
    double before = detector.threshold();
    for (int i = 0; i < 100; i++) {
      detector.detect(before + 10, 10, 10);
    }
    assertTrue(detector.threshold() > before + 8);
  }

  @Test
  void theThresholdIgnoresATrendFarBeyondIt() {
    double before = detector.threshold();
    detector.detect(before + 100, 10, 10);
    assertEquals(before, detector.threshold());
  }
}
