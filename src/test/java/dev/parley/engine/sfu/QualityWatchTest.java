package dev.parley.engine.sfu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.engine.peer.ReceptionStatistics;
import dev.parley.media.Counter;
import dev.parley.media.PeerState;
import dev.parley.media.Quality;
import dev.parley.media.SfuEvent.QualityChanged;
import dev.parley.protocol.rtcp.NtpTime;
import dev.parley.protocol.sdp.Kind;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// When a room tells how good a connection is, in virtual time.
class QualityWatchTest {
  private static final Duration ROUND = Duration.ofSeconds(5);
  private static final int PACKETS = 250;

  private final RoomStage stage = new RoomStage();
  private final FakePeer ann = stage.open("ann");
  private final FakePeer bob = stage.open("bob");
  private final ReceptionStatistics arrived = new ReceptionStatistics(48_000);
  private int sequence;
  private int highest = 1_000;

  private void connects(FakePeer peer) {
    stage.inside(() -> peer.side.changed(PeerState.CONNECTED, null));
    stage.pass(Duration.ofSeconds(1));
  }

  private List<QualityChanged> told() {
    return stage.told().stream()
        .filter(QualityChanged.class::isInstance)
        .map(QualityChanged.class::cast)
        .toList();
  }

  private static QualityChanged of(String who, double score, Quality quality) {
    return new QualityChanged(RoomStage.ROOM, who, who, score, quality);
  }

  /// Ann publishes audio.
  private void speaks() {
    stage.publish(ann, RoomStage.audio("0")).packet(false);
    ann.receptions.put(1, arrived);
  }

  /// Five seconds of ann's audio arrive, but for every so many-th packet.
  ///
  /// @param every 0 for none
  private void arrive(int every) {
    for (int i = 0; i < PACKETS; i++, sequence++) {
      if (every == 0 || i % every != every - 1) {
        arrived.received(sequence & 0xffff, sequence * 960, sequence * 20_000_000L);
      }
    }
  }

  /// Bob reports of five seconds of ann's audio.
  private void reports(int lostOf256, int jitter) {
    highest += PACKETS;
    FakeSender sender = bob.sender("ann", Kind.AUDIO);
    stage.inside(
        () -> sender.side.reported(lostOf256, highest, jitter, NtpTime.UNKNOWN, stage.now()));
  }

  @Test
  void nothingIsToldBeforeAPeerIsConnectedAndLookedAt() {
    stage.pass(Duration.ofSeconds(30));
    assertEquals(List.of(), told());
    connects(ann);
    stage.pass(Duration.ofMillis(3_900));
    assertEquals(List.of(), told());
    stage.pass(Duration.ofMillis(1_200));
    assertEquals(List.of(of("ann", 5, Quality.EXCELLENT)), told());
  }

  @Test
  void whatDoesNotChangeIsToldOnceAndCountedEachTime() {
    connects(ann);
    stage.pass(Duration.ofSeconds(50));
    assertEquals(1, told().size());
    assertEquals(10, stage.tally.counts().get(Counter.SFU_QUALITY_EXCELLENT));
  }

  @Test
  void lossOfWhatAClientSendsIsItsOwn() {
    speaks();
    connects(ann);
    connects(bob);
    arrive(0);
    stage.pass(ROUND);
    told();
    arrive(10);
    stage.pass(ROUND);
    List<QualityChanged> told = told();
    assertEquals(List.of("ann"), told.stream().map(QualityChanged::participant).toList());
    assertEquals(Quality.GOOD, told.getFirst().quality());
    assertEquals(0.1, ann.side.quality().lossSent(), 0.01);
    assertEquals(0, ann.side.quality().lossReceived());
  }

  @Test
  void lossOfWhatAClientIsSentIsTheReceivers() {
    speaks();
    connects(ann);
    connects(bob);
    reports(0, 0);
    stage.pass(ROUND);
    told();
    reports(64, 0);
    stage.pass(ROUND);
    assertEquals(List.of(of("bob", 2.58, Quality.POOR)), told());
    assertEquals(0.25, bob.side.quality().lossReceived(), 0.01);
  }

  @Test
  void aFewPacketsProveLittle() {
    speaks();
    connects(bob);
    reports(0, 0);
    stage.pass(ROUND);
    told();
    highest += 5 - PACKETS;
    reports(128, 0);
    stage.pass(ROUND);
    assertTrue(told().stream().noneMatch(each -> each.quality() == Quality.POOR));
  }

  @Test
  void theRoundTripAndTheJitterOfAudioAreOfTheDelay() {
    speaks();
    connects(bob);
    bob.roundTrip = Duration.ofMillis(600).toNanos();
    reports(0, 48 * 50);
    stage.pass(ROUND);
    assertEquals(List.of(of("bob", 3.41, Quality.POOR)), told());
  }

  @Test
  void aWayThatStandsAtABoundDoesNotFlicker() {
    connects(ann);
    ann.roundTrip = Duration.ofMillis(510).toNanos();
    stage.pass(ROUND);
    assertEquals(4.48, told().getFirst().score(), 0.01);
    for (int i = 0; i < 10; i++) {
      ann.roundTrip = Duration.ofMillis(i % 2 == 0 ? 490 : 510).toNanos();
      stage.pass(ROUND);
    }
    assertEquals(List.of(), told());
    ann.roundTrip = 0;
    stage.pass(ROUND);
    assertEquals(List.of(of("ann", 5, Quality.EXCELLENT)), told());
  }

  @Test
  void aChangeWithinItsClassIsToldWhereItIsMuch() {
    connects(ann);
    ann.roundTrip = Duration.ofMillis(510).toNanos();
    stage.pass(ROUND);
    ann.roundTrip = Duration.ofMillis(520).toNanos();
    stage.pass(ROUND);
    assertEquals(1, told().size());
    ann.roundTrip = Duration.ofMillis(600).toNanos();
    stage.pass(ROUND);
    List<QualityChanged> told = told();
    assertEquals(1, told.size());
    assertEquals(Quality.GOOD, told.getFirst().quality());
  }

  @Test
  void whoIsNotHeardIsLostAtOnceAndLookedAtAgainWhenHeard() {
    connects(ann);
    stage.pass(ROUND);
    told();
    stage.inside(() -> ann.side.changed(PeerState.QUIET, null));
    assertEquals(List.of(of("ann", 1, Quality.LOST)), told());
    stage.pass(Duration.ofSeconds(20));
    assertEquals(List.of(), told());
    connects(ann);
    stage.pass(ROUND);
    assertEquals(List.of(of("ann", 5, Quality.EXCELLENT)), told());
    assertEquals(1, stage.tally.counts().get(Counter.SFU_QUALITY_LOST));
  }

  @Test
  void nobodyLooksAtWhoHasGone() {
    connects(ann);
    connects(bob);
    stage.close("ann");
    told();
    stage.pass(Duration.ofSeconds(20));
    assertEquals(
        List.of("bob"), told().stream().map(QualityChanged::participant).distinct().toList());
    stage.close("bob");
    assertFalse(stage.tally.counts().containsKey(Counter.ENGINE_FAILURES));
    assertTrue(stage.engine.isEmpty());
  }

  @Test
  void halfTheVideoThatIsOfUseIsWorthLess() {
    LayerStage layers = LayerStage.simulcast(3);
    layers.bob.estimate = 100_000_000;
    layers.stage.inside(() -> layers.bob.side.changed(PeerState.CONNECTED, null));
    layers.pass(200);
    assertEquals(5, layers.told(QualityChanged.class).getLast().score());
    layers.bob.estimate = 1_000;
    layers.stage.inside(() -> layers.bob.side.estimated(1_000));
    layers.pass(200);
    QualityChanged last = layers.told(QualityChanged.class).getLast();
    assertEquals(of("bob", 2.44, Quality.POOR), last);
  }
}
