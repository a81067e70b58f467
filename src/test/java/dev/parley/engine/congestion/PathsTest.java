package dev.parley.engine.congestion;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.lab.LossModel;
import dev.parley.lab.PathCourse;
import dev.parley.lab.PathCourse.Look;
import dev.parley.lab.PathScenario;
import dev.parley.lab.PathSource;
import dev.parley.lab.Paths;
import org.junit.jupiter.api.Test;

/// The estimate on whole paths in virtual time: an encoder that follows it, and cameras of three
/// layers that only use what fits.
class PathsTest {
  private static final double NEAR = 0.15;
  private static final double ENOUGH = (1 - NEAR) * Paths.FAST;
  private static final double STANDING = 200;

  private static PathCourse elastic(Paths path) {
    return path.run(PathSource.elastic(1)).course();
  }

  private static PathCourse layered(Paths path) {
    return path.run(PathSource.layered(2, 2)).course();
  }

  private static void within(PathCourse course, double from, double to, double share) {
    double is = course.within(from, to, NEAR);
    assertTrue(is >= share, () -> "near the capacity for " + is + " of the time");
  }

  private static void noQueueStands(PathCourse course, double from, double to) {
    double is = course.standing(from, to, STANDING);
    assertTrue(is < 0.5, () -> "a queue for " + is + " s");
  }

  private static void reached(PathCourse course, double from, double rate, double seconds) {
    double is = course.reached(from, rate) - from;
    assertTrue(is <= seconds, () -> "only after " + is + " s");
  }

  private static void between(double least, double is, double most) {
    assertTrue(is >= least && is <= most, () -> is + " is not in " + least + " to " + most);
  }

  @Test
  void aFastPathIsKnownWithinASecondOfTheFirstPacket() {
    reached(elastic(Paths.ROUND_TRIP_OF_20_MS), 0, ENOUGH, 1);
    reached(layered(Paths.ROUND_TRIP_OF_20_MS), 0, ENOUGH, 1);
    reached(layered(Paths.ROUND_TRIP_OF_300_MS), 0, ENOUGH, 1);
  }

  @Test
  void aSlowPathIsKnownFiveSecondsAfterTheFirstPacket() {
    within(elastic(Paths.SLOW_START), 5, 20, 0.9);
    within(layered(Paths.SLOW_START), 5, 20, 0.9);
    noQueueStands(elastic(Paths.SLOW_START), 5, 20);
  }

  @Test
  void fiveSecondsAfterTheCapacityFellTheEstimateIsWithin15PercentOfIt() {
    within(elastic(Paths.STEPS), 5, 10, 0.95);
    within(elastic(Paths.STEPS), 15, 25, 0.9);
    within(layered(Paths.STEPS), 5, 10, 0.95);
    within(layered(Paths.STEPS), 15, 25, 0.9);
  }

  @Test
  void fiveSecondsAfterTheCapacityFellNoQueueStands() {
    noQueueStands(elastic(Paths.STEPS), 15, 40);
    noQueueStands(layered(Paths.STEPS), 15, 40);
    noQueueStands(elastic(Paths.STEPS_FAR_AWAY), 15, 40);
    noQueueStands(layered(Paths.STEPS_FAR_AWAY), 15, 40);
  }

  @Test
  void eightSecondsAfterTheCapacityCameBackTheEstimateIsBack() {
    reached(elastic(Paths.STEPS), 25, ENOUGH, 8);
    reached(layered(Paths.STEPS), 25, ENOUGH, 8);
    reached(elastic(Paths.STEPS_FAR_AWAY), 25, ENOUGH, 8);
    reached(layered(Paths.STEPS_FAR_AWAY), 25, ENOUGH, 8);
    within(elastic(Paths.STEPS), 33, 40, 0.9);
    within(layered(Paths.STEPS), 33, 40, 0.9);
  }

  @Test
  void randomLossOf5PercentStarvesNobody() {
    within(elastic(Paths.LOSS_OF_5_PERCENT), 5, 30, 0.9);
    within(layered(Paths.LOSS_OF_5_PERCENT), 5, 30, 0.9);
  }

  @Test
  void lossInBurstsStarvesNobody() {
    within(elastic(Paths.BURSTS_OF_LOSS), 5, 30, 0.9);
    within(layered(Paths.BURSTS_OF_LOSS), 5, 30, 0.9);
  }

  @Test
  void randomLossOf20PercentStarvesNobodyEither() {
    within(elastic(Paths.LOSS_OF_20_PERCENT), 15, 25, 0.9);
    within(layered(Paths.LOSS_OF_20_PERCENT), 15, 25, 0.9);
  }

  /// The loss begins a cut, and is found to be the path's own while a queue grows beside it.
  @Test
  void whatWasCutForAQueueStaysCutWhereTheLossIsThePathsOwn() {
    double stands = 0;
    for (int seed = 0; seed < 8; seed++) {
      PathScenario scenario = new PathScenario(PathSource.elastic(seed), Paths.FAST).pass(10);
      scenario.path().loss(LossModel.random(0.2, seed));
      scenario.pass(0.8).path().rate(Paths.SLOW);
      stands += scenario.pass(10).course().standing(11.8, 20.8, STANDING);
    }
    double mean = stands / 8;
    assertTrue(mean < 1.7, () -> "a queue for " + mean + " s, on the average");
  }

  @Test
  void eightSecondsAfterLossOf20PercentTheEstimateIsBack() {
    reached(elastic(Paths.LOSS_OF_20_PERCENT), 25, ENOUGH, 8);
    reached(layered(Paths.LOSS_OF_20_PERCENT), 25, ENOUGH, 8);
  }

  @Test
  void theEstimateIsTheSameNearbyAndFarAway() {
    within(elastic(Paths.ROUND_TRIP_OF_20_MS), 5, 20, 0.95);
    within(elastic(Paths.ROUND_TRIP_OF_300_MS), 5, 30, 0.95);
    within(layered(Paths.ROUND_TRIP_OF_20_MS), 5, 20, 0.95);
    within(layered(Paths.ROUND_TRIP_OF_300_MS), 5, 30, 0.95);
  }

  @Test
  void aRouteThatBecomesLongerIsNotTakenForAQueueForLong() {
    within(elastic(Paths.LONGER_ROUTE), 15, 30, 0.9);
    within(layered(Paths.LONGER_ROUTE), 15, 30, 0.9);
  }

  @Test
  void aSteadyFlowBesideIsGivenItsPart() {
    PathCourse elastic = elastic(Paths.A_STEADY_FLOW_BESIDE);
    within(elastic, 15, 25, 0.8);
    noQueueStands(elastic, 15, 25);
    reached(elastic, 25, ENOUGH, 8);
    PathCourse layered = layered(Paths.A_STEADY_FLOW_BESIDE);
    noQueueStands(layered, 15, 25);
    reached(layered, 25, ENOUGH, 8);
  }

  @Test
  void aGreedyFlowBesideNeitherStarvesNorIsStarved() {
    between(750_000, elastic(Paths.A_GREEDY_FLOW_BESIDE).mean(15, 40, Look::sent), 2_500_000);
  }

  @Test
  void aGreedyFlowBesideLeavesASourceOfLayersItsLowestOne() {
    between(190_000, layered(Paths.A_GREEDY_FLOW_BESIDE).mean(15, 40, Look::sent), 2_500_000);
  }

  @Test
  void jitterIsNotTakenForAQueue() {
    within(elastic(Paths.JITTER), 5, 30, 0.85);
    within(layered(Paths.JITTER), 5, 30, 0.8);
  }

  @Test
  void aShallowQueueIsHeardByWhatItLoses() {
    within(elastic(Paths.SHALLOW_QUEUE), 5, 30, 0.8);
    within(layered(Paths.SHALLOW_QUEUE), 5, 30, 0.8);
  }

  @Test
  void whatABucketLetsPassAtOnceIsNotBelievedAgainAndAgain() {
    PathCourse layered = layered(Paths.TOKEN_BUCKET);
    between(400_000, layered.mean(10, 40, Look::estimate), 1_000_000);
    noQueueStands(layered, 10, 40);
  }

  @Test
  void silenceHalvesTheEstimateAndAnAnswerBringsItBack() {
    PathCourse course = layered(Paths.SILENCE);
    assertTrue(course.least(14, 15, Look::estimate) < Paths.FAST / 2);
    reached(course, 15, ENOUGH, 3);
  }

  @Test
  void withoutPaddingTheEstimateStillFindsItsWayUp() {
    reached(elastic(Paths.STEPS_WITHOUT_PADDING), 25, ENOUGH, 30);
    reached(layered(Paths.STEPS_WITHOUT_PADDING), 25, 500_000, 30);
  }
}
