package dev.parley.identity;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ThrottleTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private final Throttle throttle = new Throttle(3, Duration.ofSeconds(10));

  @Test
  void letsSoManyFailAtOnceAndThenOneInAWhile() {
    for (int i = 0; i < 3; i++) {
      assertTrue(throttle.take("ada", NOW));
    }
    assertFalse(throttle.take("ada", NOW));
    assertTrue(throttle.take("bob", NOW));
    assertFalse(throttle.take("ada", NOW.plusSeconds(9)));
    assertTrue(throttle.take("ada", NOW.plusSeconds(10)));
    assertFalse(throttle.take("ada", NOW.plusSeconds(10)));
  }

  @Test
  void doesNotCountWhatSucceeded() {
    for (int i = 0; i < 20; i++) {
      assertTrue(throttle.take("ada", NOW));
      throttle.succeeded("ada", NOW);
    }
  }

  @Test
  void forgetsTheOldestNameInAFlood() {
    for (int i = 0; i < 3; i++) {
      throttle.take("ada", NOW);
    }
    for (int i = 0; i < 10_000; i++) {
      throttle.take("name" + i, NOW);
    }
    assertTrue(throttle.take("ada", NOW));
  }
}
