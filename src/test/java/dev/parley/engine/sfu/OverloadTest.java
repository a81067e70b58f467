package dev.parley.engine.sfu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.media.Counter;
import dev.parley.media.OverloadStep;
import dev.parley.media.PeerState;
import dev.parley.media.SfuEvent;
import dev.parley.media.SfuRefusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What a loop does without by the load it is told, in virtual time.
class OverloadTest {
  private static final long WINDOW = Duration.ofMillis(250).toNanos();
  private static final long LATE = Duration.ofMillis(150).toNanos();

  private final Overload overload = new Overload(25);
  private final List<OverloadStep> steps = new ArrayList<>();
  private long now = Long.MAX_VALUE - Duration.ofSeconds(10).toNanos();

  private void pass(double seconds, double busy, long late) {
    for (long end = now + (long) (seconds * 1e9); end - now > 0; ) {
      now += WINDOW;
      OverloadStep before = overload.step();
      overload.load(busy, late, now);
      if (overload.step() != before) {
        steps.add(overload.step());
      }
    }
  }

  @Test
  void aLoopThatHasRoomDoesWithoutNothing() {
    pass(60, 0.74, 0);
    assertEquals(List.of(), steps);
    assertEquals(Integer.MAX_VALUE, overload.videos());
  }

  @Test
  void aBurstOfLessThanASecondChangesNothing() {
    for (int i = 0; i < 20; i++) {
      pass(0.5, 1, 0);
      pass(2, 0.1, 0);
    }
    assertEquals(List.of(), steps);
  }

  @Test
  void ofMuchToDoTheLargestPicturesAreLeftOutFirst() {
    pass(60, 0.8, 0);
    assertEquals(List.of(OverloadStep.SMALLER), steps);
    assertEquals(Integer.MAX_VALUE, overload.videos());
  }

  @Test
  void videosAreHalvedUntilItHelpsButNeverToLessThanFour() {
    pass(5, 0.88, 0);
    assertEquals(12, overload.videos());
    pass(2, 0.88, 0);
    assertEquals(6, overload.videos());
    pass(60, 0.88, 0);
    assertEquals(4, overload.videos());
    assertFalse(overload.full());
  }

  @Test
  void newcomersAreRefusedWithinSecondsWhereNothingElseHelps() {
    pass(5, 1, 0);
    assertTrue(overload.full());
    assertEquals(List.of(OverloadStep.SMALLER, OverloadStep.FEWER, OverloadStep.FULL), steps);
  }

  @Test
  void comingLateForSecondsCountsAsMuchOncePassesBy() {
    pass(0.5, 0.5, LATE);
    pass(10, 0.5, 0);
    assertEquals(List.of(), steps);
    pass(6, 0.5, LATE);
    assertTrue(overload.full());
  }

  @Test
  void aLoopThatWaitsForOthersOfItsMachineHasNothingToDoWithout() {
    pass(60, 0.3, LATE);
    assertEquals(List.of(), steps);
    pass(5, 1, LATE);
    assertTrue(overload.full());
    pass(60, 0.2, LATE);
    assertEquals(OverloadStep.NONE, overload.step());
  }

  @Test
  void eachStepIsTakenBackAfterSecondsOfCalm() {
    pass(5, 1, 0);
    steps.clear();
    pass(4, 0.2, 0);
    assertEquals(List.of(), steps);
    pass(30, 0.2, 0);
    assertEquals(List.of(OverloadStep.FEWER, OverloadStep.SMALLER, OverloadStep.NONE), steps);
  }

  @Test
  void lessThanBeforeIsNotYetCalm() {
    pass(10, 0.8, 0);
    pass(120, 0.65, 0);
    assertEquals(OverloadStep.SMALLER, overload.step());
  }

  @Test
  void whatHelpsAndIsMissedAtOnceIsTakenBackLessAndLessOften() {
    for (int i = 0; i < 1_200; i++) {
      pass(0.25, overload.step() == OverloadStep.NONE ? 0.8 : 0.5, 0);
    }
    assertTrue(steps.size() < 20, steps.size() + " changes in five minutes");
  }

  @Test
  void aLoopThatHadNothingToDoForAWhileIsCalmAtOnce() {
    pass(5, 1, 0);
    now += Duration.ofMinutes(2).toNanos();
    overload.load(0.001, 0, now);
    assertEquals(OverloadStep.NONE, overload.step());
  }

  @Test
  void newcomersAreToldWhyAndThoseInsideGoOn() {
    RoomStage stage = new RoomStage();
    FakePeer ann = stage.open("ann");
    FakePeer bob = stage.open("bob");
    RoomStage.Stream video = stage.publish(ann, RoomStage.video("0"));
    load(stage, 1, 20);
    stage.told();
    assertNull(stage.open("eve"));
    assertEquals(
        List.of(
            new SfuEvent.DescriptionRefused(
                RoomStage.ROOM,
                "eve",
                0,
                SfuRefusal.OVERLOADED,
                "the node has too much to do; try again in a minute"),
            new SfuEvent.PeerChanged(RoomStage.ROOM, "eve", PeerState.CLOSED, "limit")),
        stage.told());
    stage.open("ann again", "ann", RoomStage.ALL);
    assertEquals(Set.of("ann", "bob", "ann again"), stage.peers.keySet());
    video.packet(true);
    assertEquals(1, bob.sender("ann", dev.parley.protocol.sdp.Kind.VIDEO).octets().size());
    assertEquals(1L, stage.tally.counts().get(Counter.SFU_OVERLOAD_SMALLER));
    assertEquals(1L, stage.tally.counts().get(Counter.SFU_OVERLOAD_FEWER));
    assertEquals(1L, stage.tally.counts().get(Counter.SFU_OVERLOAD_FULL));
    assertEquals(1L, stage.tally.counts().get(Counter.SFU_OVERLOAD_REFUSED));
    load(stage, 0.1, 200);
    assertEquals(3L, stage.tally.counts().get(Counter.SFU_OVERLOAD_LOWERED));
    stage.open("eve");
    assertTrue(stage.peers.containsKey("eve"));
  }

  @Test
  void whoWasInAMomentAgoMayComeBackWhileNewcomersAreRefused() {
    RoomStage stage = new RoomStage();
    stage.open("ann");
    stage.open("bob");
    stage.open("eve");
    stage.close("eve");
    stage.pass(Duration.ofSeconds(29));
    load(stage, 1, 20);
    stage.close("bob");
    stage.open("bob again", "bob", RoomStage.ALL);
    assertTrue(stage.peers.containsKey("bob again"));
    stage.open("eve again", "eve", RoomStage.ALL);
    assertFalse(stage.peers.containsKey("eve again"), "it was too long ago");
  }

  @Test
  void eachPeerIsToldOfEachStepAndNewcomersOfTheOneThatHolds() {
    RoomStage stage = new RoomStage();
    stage.open("ann");
    load(stage, 0.8, 20);
    stage.open("bob");
    load(stage, 0.1, 40);
    assertEquals(
        List.of(
            new SfuEvent.Strained(RoomStage.ROOM, "ann", OverloadStep.SMALLER),
            new SfuEvent.Strained(RoomStage.ROOM, "bob", OverloadStep.SMALLER),
            new SfuEvent.Strained(RoomStage.ROOM, "ann", OverloadStep.NONE),
            new SfuEvent.Strained(RoomStage.ROOM, "bob", OverloadStep.NONE)),
        stage.told().stream().filter(SfuEvent.Strained.class::isInstance).toList());
  }

  private static void load(RoomStage stage, double busy, int windows) {
    for (int i = 0; i < windows; i++) {
      stage.pass(Duration.ofNanos(WINDOW));
      stage.engine.load(busy, 0, stage.now());
    }
  }

  @Test
  void ofSimulcastTheLargestIsLeftOutAndComesBack() {
    LayerStage stage = LayerStage.simulcast(7);
    assertEquals(Set.of("2/0"), after(stage, 0.1, 4));
    assertEquals(Set.of("1/0"), after(stage, 0.8, 6));
    assertEquals(Set.of("2/0"), after(stage, 0.1, 12));
    stage.decoder.assertNothingIsMissing();
  }

  private static Set<String> after(LayerStage stage, double busy, int seconds) {
    for (int i = 0; i < 4 * seconds; i++) {
      stage.stage.engine.load(busy, 0, stage.stage.now());
      if (i == 4 * (seconds - 1)) {
        stage.decoded();
      }
      stage.pass(8);
    }
    return stage.decoded().keySet();
  }
}
