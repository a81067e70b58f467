package dev.parley.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/// One direction of an impaired way, in time of the test's own.
class LaneTest {
  private static final long MILLI = 1_000_000L;

  private final Lane lane = new Lane(7);

  @Test
  void withoutConditionsAFrameGoesThroughAtOnce() {
    assertEquals(5, lane.through(1_000, 5));
    assertEquals(1, lane.passed());
  }

  @Test
  void eachFrameIsDelayed() {
    lane.set(Conditions.NONE.delay(Duration.ofMillis(20)));
    assertEquals(20 * MILLI, lane.through(1_000, 0));
    assertEquals(27 * MILLI, lane.through(1_000, 7 * MILLI));
  }

  @Test
  void framesWaitForTheirTurnAtARate() {
    lane.set(Conditions.NONE.rate(400_000));
    assertEquals(20 * MILLI, lane.through(1_000, 0));
    assertEquals(40 * MILLI, lane.through(1_000, 0));
    assertEquals(120 * MILLI, lane.through(1_000, 100 * MILLI));
  }

  @Test
  void whatWouldWaitTooLongIsDropped() {
    lane.set(Conditions.NONE.rate(400_000).queue(Duration.ofMillis(30)));
    lane.through(1_000, 0);
    lane.through(1_000, 0);
    assertEquals(Lane.LOST, lane.through(1_000, 0));
    assertEquals(60 * MILLI, lane.through(1_000, 10 * MILLI));
    assertEquals(1, lane.lostFrames());
  }

  @Test
  void aRateThatIsLiftedDoesNotOvertakeWhatWaits() {
    lane.set(Conditions.NONE.rate(400_000));
    lane.through(5_000, 0);
    lane.set(Conditions.NONE);
    assertEquals(100 * MILLI, lane.through(1_000, MILLI));
    assertEquals(200 * MILLI, lane.through(1_000, 200 * MILLI));
  }

  @Test
  void jitterKeepsTheOrderAndItsBounds() {
    lane.set(Conditions.NONE.delay(Duration.ofMillis(50)).jitter(Duration.ofMillis(30)));
    long before = 0;
    for (int i = 0; i < 1_000; i++) {
      long sent = i * 10 * MILLI;
      long at = lane.through(100, sent);
      assertTrue(at >= before && at >= sent + 20 * MILLI && at <= sent + 80 * MILLI);
      before = at;
    }
  }

  @Test
  void aShareIsLost() {
    lane.set(Conditions.NONE.loss(0.05));
    int lost = 0;
    for (int i = 0; i < 10_000; i++) {
      lost += lane.through(100, i) == Lane.LOST ? 1 : 0;
    }
    assertTrue(lost > 400 && lost < 600, lost + " of 10,000");
    assertEquals(lost, lane.lostFrames());
  }
}
