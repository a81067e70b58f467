package dev.parley.engine.sfu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.media.Quality;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The table of the documented score, computed once by hand from the formula.
class ConnectionScoreTest {
  private static final long MILLISECOND = 1_000_000;

  private static double score(double percent, long roundTrip, long jitter, double share) {
    return ConnectionScore.of(percent / 100, roundTrip * MILLISECOND, jitter * MILLISECOND, share);
  }

  @ParameterizedTest
  @CsvSource({
    // loss %, round trip ms, jitter ms, share of video; score, class
    "0, 0, 0, 1, 5.00, EXCELLENT",
    "0, 100, 5, 1, 4.97, EXCELLENT",
    "0, 200, 20, 1, 4.91, EXCELLENT",
    "0, 300, 30, 1, 4.74, EXCELLENT",
    "0, 600, 50, 1, 3.41, POOR",
    "1, 50, 5, 1, 4.88, EXCELLENT",
    "4.4, 0, 0, 1, 4.50, EXCELLENT",
    "4.6, 0, 0, 1, 4.48, GOOD",
    "5, 100, 10, 1, 4.35, GOOD",
    "10, 50, 10, 1, 3.77, GOOD",
    "12, 0, 0, 1, 3.61, GOOD",
    "12.5, 0, 0, 1, 3.56, POOR",
    "20, 100, 20, 1, 2.78, POOR",
    "50, 0, 0, 1, 1.71, POOR",
    "0, 0, 0, 0.5, 4.60, EXCELLENT",
    "0, 0, 0, 0.25, 4.00, GOOD",
    "0, 0, 0, 0.14, 3.41, POOR",
    "0, 0, 0, 0, 2.44, POOR",
    "0, 10000, 0, 1, 1.00, POOR",
  })
  void scoresAreThoseOfTheTable(
      double percent, long trip, long jitter, double share, double score, Quality worth) {
    double found = score(percent, trip, jitter, share);
    assertEquals(score, found, 0.005);
    assertEquals(worth, ConnectionScore.quality(found));
  }

  @Test
  void whatIsNotKnownOfTheWayCostsNothing() {
    assertEquals(ConnectionScore.BEST, ConnectionScore.of(0, -1, 0, 1));
  }

  @Test
  void noScoreLeavesTheScaleAndNothingThatGetsWorseScoresBetter() {
    double before = ConnectionScore.BEST;
    for (int i = 0; i <= 100; i++) {
      double score = score(i, 20L * i, i, 1 - i / 100.0);
      assertTrue(score <= before && score >= ConnectionScore.WORST, i + ": " + score);
      before = score;
    }
    assertEquals(ConnectionScore.WORST, before);
  }

  @ParameterizedTest
  @CsvSource({
    "4.50, , EXCELLENT",
    "4.50, EXCELLENT, EXCELLENT",
    "4.49, EXCELLENT, GOOD",
    "4.55, GOOD, GOOD",
    "4.61, GOOD, EXCELLENT",
    "3.59, GOOD, POOR",
    "3.65, POOR, POOR",
    "3.71, POOR, GOOD",
    "4.55, POOR, GOOD",
    "5.00, POOR, EXCELLENT",
    "4.55, LOST, EXCELLENT",
    "1.00, LOST, POOR",
  })
  void aClassGetsWorseAtOnceAndBetterOnlyBeyondItsBound(
      double score, Quality before, Quality found) {
    assertEquals(found, ConnectionScore.quality(score, before));
  }
}
