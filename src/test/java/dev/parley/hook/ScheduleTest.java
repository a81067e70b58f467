package dev.parley.hook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static final Instant THEN = Instant.parse("2026-01-02T03:04:05Z");
  private static final String URL = "https://one.test";

  private final Schedule schedule = new Schedule(Duration.ofHours(24));

  @Test
  void pausesDoubleUpToTheLongest() {
    var random = new Random(1);
    for (int tries = 1; tries < 100; tries++) {
      long middle = Math.min(300_000, tries > 20 ? 300_000 : 1_000L << (tries - 1));
      long pause = schedule.pause(tries, random).toMillis();
      assertTrue(pause >= middle * 9 / 10 && pause <= middle * 11 / 10, tries + ": " + pause);
    }
  }

  @Test
  void onlyWhatIsOldAndWasTriedIsGivenUp() {
    Instant old = THEN.plus(Duration.ofHours(24));
    assertFalse(schedule.givesUp(1, THEN, old));
    assertFalse(schedule.givesUp(900, THEN, old.minusMillis(1)));
    assertTrue(schedule.givesUp(3, THEN, old));
  }

  @Test
  void aUrlIsATroubleWhenNothingReachesItForLong() {
    var standing = new Standing(List.of("https://zero.test", URL));
    standing.told(URL, "HTTP status 500", THEN);
    assertEquals(List.of(), standing.troubles(THEN.plusSeconds(299)));
    standing.told(URL, "no answer in time", THEN.plusSeconds(10));
    assertEquals(
        List.of("webhook 2 fails since " + THEN + ": no answer in time"),
        standing.troubles(THEN.plusSeconds(300)));
    standing.told(URL, null, THEN.plusSeconds(301));
    assertEquals(List.of(), standing.troubles(THEN.plusSeconds(900)));
    assertEquals(1, standing.delivered());
    assertEquals(2, standing.failed());
  }
}
