package dev.parley.engine.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.engine.Engine;
import org.junit.jupiter.api.Test;

/// How data gives way to media.
class DataPacingTest {
  private static final long SECOND = 1_000_000_000L;
  private static final int PACKET = 1_200;

  /// A path as media sees it.
  private static final class Path implements DataPacing.Media {
    boolean flows = true;
    long queueDelay;
    long estimate = 2_000_000;

    @Override
    public boolean flows(long now) {
      return flows;
    }

    @Override
    public long queueDelay() {
      return queueDelay;
    }

    @Override
    public long estimate() {
      return estimate;
    }
  }

  private final Path path = new Path();
  private final DataPacing pacing = new DataPacing(path);
  private long now = 7 * SECOND;

  /// Octets that leave in so long, where there is always something to send.
  private long leaves(long nanoseconds) {
    long until = now + nanoseconds;
    long octets = 0;
    while (now < until) {
      pacing.tried();
      while (pacing.allowance(now) >= PACKET) {
        pacing.left(PACKET);
        octets += PACKET;
      }
      now = pacing.deadline();
    }
    return octets;
  }

  @Test
  void whereNoMediaFlowsNothingIsPaced() {
    path.flows = false;
    assertEquals(Integer.MAX_VALUE, pacing.allowance(now));
    assertEquals(Engine.NEVER, pacing.deadline());
  }

  @Test
  void itBeginsWithHalfOfWhatMediaIsTakenToFit() {
    long octets = leaves(SECOND / 10);
    assertEquals(12_500, octets, 2_500 + 2 * PACKET);
  }

  @Test
  void itGrowsWhileMediaHardlyWaits() {
    path.queueDelay = 2_000_000;
    leaves(3 * SECOND);
    assertTrue(leaves(SECOND) > 4 * 125_000);
  }

  @Test
  void itShrinksWhileMediaWaitsButNeverToNothing() {
    path.queueDelay = 60_000_000;
    leaves(3 * SECOND);
    assertEquals(16_000, leaves(SECOND), 2 * PACKET);
  }

  @Test
  void itGrowsAgainWhenTheQueueIsGone() {
    path.queueDelay = 60_000_000;
    leaves(3 * SECOND);
    path.queueDelay = 0;
    leaves(5 * SECOND);
    assertTrue(leaves(SECOND) > 200_000);
  }

  @Test
  void whoSendsLittleSavesNothingUp() {
    pacing.allowance(now);
    now += 60 * SECOND;
    assertTrue(pacing.allowance(now) <= 3 * PACKET);
    // and a rate that nobody uses does not grow
    assertTrue(leaves(SECOND / 10) < 20_000);
  }

  @Test
  void mediaThatComesBackIsGivenWayTo() {
    leaves(5 * SECOND);
    path.flows = false;
    assertEquals(Integer.MAX_VALUE, pacing.allowance(now));
    path.flows = true;
    assertTrue(leaves(SECOND / 10) < 20_000);
  }
}
