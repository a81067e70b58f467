package dev.parley.engine.congestion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Who gets what of a receiver's bandwidth, and how often that changes.
class AllocationTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private static final class Stream implements Claim {
    private final int rank;
    private final long size;
    private long[] rungs;
    private int granted = NEW;
    private final List<Integer> history = new ArrayList<>();

    Stream(int rank, long size, long... rungs) {
      this.rank = rank;
      this.size = size;
      this.rungs = rungs;
    }

    @Override
    public int rank() {
      return rank;
    }

    @Override
    public long size() {
      return size;
    }

    @Override
    public int rungs() {
      return rungs.length;
    }

    @Override
    public long bitrate(int rung) {
      return rungs[rung];
    }

    @Override
    public int granted() {
      return granted;
    }

    @Override
    public void grant(int rung, long now) {
      granted = rung;
      history.add(rung);
    }
  }

  private final Allocation allocation = new Allocation();
  private long now = Long.MAX_VALUE - 3 * SECOND;

  private static Stream camera(int rank) {
    return new Stream(rank, 100, 150_000, 500_000, 1_700_000);
  }

  private void share(long budget, Stream... streams) {
    share(budget, budget, streams);
  }

  private void share(long budget, long lasting, Stream... streams) {
    allocation.share(List.of(streams), budget, lasting, now);
    now += SECOND / 2;
  }

  @Test
  void whereThereIsEnoughAllGetTheirBest() {
    Stream one = camera(1);
    Stream other = camera(1);
    share(5_000_000, one, other);
    assertEquals(2, one.granted);
    assertEquals(2, other.granted);
  }

  @Test
  void allAreSeenBeforeAnyIsSeenWell() {
    Stream screen = new Stream(0, 1_000, 300_000, 2_000_000);
    Stream one = camera(1);
    Stream other = camera(1);
    share(800_000, other, one, screen);
    assertEquals(0, screen.granted);
    assertEquals(0, one.granted);
    assertEquals(0, other.granted);
  }

  @Test
  void aSharedScreenClimbsBeforeASpeakerAndASpeakerBeforeTheOthers() {
    Stream screen = new Stream(0, 1_000, 300_000, 2_000_000);
    Stream speaker = camera(1);
    Stream other = camera(2);
    share(3_000_000, other, speaker, screen);
    assertEquals(1, screen.granted);
    assertEquals(1, speaker.granted);
    assertEquals(0, other.granted);
  }

  @Test
  void ofEqualRanksTheLargerPictureComesFirst() {
    Stream small = new Stream(1, 10, 150_000, 500_000);
    Stream large = new Stream(1, 20, 150_000, 500_000);
    share(750_000, small, large);
    assertEquals(1, large.granted);
    assertEquals(0, small.granted);
  }

  @Test
  void whatDoesNotFitIsHeldBackLastFirst() {
    Stream one = camera(1);
    Stream other = camera(2);
    share(200_000, other, one);
    assertEquals(0, one.granted);
    assertEquals(Claim.NONE, other.granted);
  }

  @Test
  void lessBandwidthTakesAtOnceAndMoreGivesAfterAWait() {
    Stream one = camera(1);
    share(3_000_000, one);
    share(400_000, one);
    assertEquals(0, one.granted);
    share(3_000_000, one);
    assertEquals(0, one.granted);
    now += 8 * SECOND;
    share(3_000_000, one);
    assertEquals(2, one.granted);
  }

  @Test
  void aQueueThatIsEmptiedTakesNobodysLowestRungIfThatWillFitThereafter() {
    Stream one = camera(1);
    Stream other = camera(2);
    share(3_000_000, other, one);
    share(100_000, 400_000, other, one);
    assertEquals(0, one.granted);
    assertEquals(0, other.granted);
    Stream fresh = camera(1);
    share(100_000, 400_000, other, one, fresh);
    assertEquals(Claim.NONE, fresh.granted);
    share(100_000, 200_000, other, one, fresh);
    assertEquals(0, one.granted);
    assertEquals(Claim.NONE, other.granted);
  }

  @Test
  void aPictureThatIsGoneComesBackAsSoonAsItFitsButWaitsWhereThatWasAMistake() {
    Stream one = camera(1);
    share(400_000, one);
    share(100_000, one);
    assertEquals(Claim.NONE, one.granted);
    share(160_000, one);
    assertEquals(Claim.NONE, one.granted);
    share(200_000, one);
    assertEquals(0, one.granted);
    share(100_000, one);
    share(200_000, one);
    assertEquals(Claim.NONE, one.granted);
    now += 8 * SECOND;
    share(200_000, one);
    assertEquals(0, one.granted);
  }

  @Test
  void whoComesAnewIsSeenAtOnceWhileOthersWait() {
    Stream one = camera(1);
    share(3_000_000, one);
    share(900_000, one);
    Stream fresh = camera(1);
    share(900_000, one, fresh);
    assertEquals(0, fresh.granted);
  }

  @Test
  void anEstimateThatTremblesAroundARungDoesNotMakeItSwing() {
    Stream one = camera(1);
    Random random = new Random(3);
    for (int i = 0; i < 240; i++) {
      share(1_700_000 + random.nextInt(-170_000, 170_000), one);
    }
    assertTrue(one.history.size() <= 3, one.history::toString);
  }

  @Test
  void aRungThatNeverHoldsIsTriedLessAndLessOften() {
    Stream one = camera(1);
    share(1_000_000, one);
    int tries = 0;
    for (int i = 0; i < 600; i++) {
      boolean high = one.granted == 2;
      tries += high ? 1 : 0;
      share(high ? 900_000 : 2_200_000, one);
    }
    assertTrue(tries <= 14, tries + " tries in five minutes");
  }

  @Test
  void rungsThatAreGoneAreNotGranted() {
    Stream one = camera(1);
    share(3_000_000, one);
    one.rungs = new long[] {150_000};
    one.granted = 0;
    share(3_000_000, one);
    assertEquals(0, one.granted);
    one.rungs = new long[] {};
    share(3_000_000, one);
    assertEquals(0, one.granted);
  }
}
