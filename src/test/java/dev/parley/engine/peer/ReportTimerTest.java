package dev.parley.engine.peer;

import static dev.parley.engine.peer.Units.MILLISECOND;
import static dev.parley.engine.peer.Units.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ReportTimerTest {
  private static final long START = Long.MAX_VALUE - 2 * SECOND;

  @Test
  void intervalsAreHalfToOneAndAHalfOfTheMinimum() {
    ReportTimer timer = new ReportTimer(new SplittableRandom(1), SECOND, 1e9, START);
    long now = START;
    long shortest = Long.MAX_VALUE;
    long longest = 0;
    for (int i = 0; i < 1_000; i++) {
      timer.sent(100, now);
      long interval = timer.deadline() - now;
      shortest = Math.min(shortest, interval);
      longest = Math.max(longest, interval);
      now = timer.deadline();
    }
    assertEquals(500 * MILLISECOND, shortest, 40 * MILLISECOND);
    assertEquals(1_500 * MILLISECOND, longest, 70 * MILLISECOND);
  }

  @Test
  void reportsOfManyPeersFallTogether() {
    Set<Long> moments = new HashSet<>();
    for (int peer = 0; peer < 500; peer++) {
      ReportTimer timer = new ReportTimer(new SplittableRandom(peer), SECOND, 1e9, START);
      timer.sent(100, START + peer);
      moments.add(timer.deadline());
    }
    assertTrue(moments.size() <= 16, moments.size() + " moments");
  }

  @Test
  void theFirstReportComesEarlier() {
    ReportTimer timer = new ReportTimer(new SplittableRandom(1), SECOND, 1e9, START);
    assertTrue(timer.deadline() - START <= 750 * MILLISECOND);
    assertFalse(timer.due(START));
    assertTrue(timer.due(timer.deadline()));
  }

  @Test
  void reportsStayWithinTheirBandwidth() {
    ReportTimer timer = new ReportTimer(new SplittableRandom(1), MILLISECOND, 1_000, START);
    long now = START;
    for (int i = 0; i < 1_000; i++) {
      now = timer.deadline();
      timer.sent(500, now);
    }
    // Half of it, since the other end has as much.
    double rate = 500 * 1_000 / ((double) (now - START) / SECOND);
    assertEquals(500, rate, 25);
  }
}
