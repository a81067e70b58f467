package dev.parley.engine.sfu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.engine.congestion.Claim;
import dev.parley.media.HoldReason;
import dev.parley.media.SfuCommand;
import dev.parley.media.SfuEvent;
import dev.parley.media.SfuEvent.LayersWanted;
import dev.parley.media.SfuEvent.StreamStateChanged;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Which layers a receiver gets, and what publisher and receiver are told of it.
class LayersTest {
  private static final int SECOND = 30;

  private LayerStage stage = LayerStage.simulcast(1);

  /// What comes once a change is through: the layers, as `encoder/spatial`.
  private Set<String> settled() {
    stage.pass(2 * SECOND);
    stage.decoded();
    stage.pass(SECOND);
    return stage.decoded().keySet();
  }

  private int frames() {
    return stage.decoded().values().stream().mapToInt(each -> each).sum();
  }

  private void arrive(LayeredEncoder encoder, List<byte[]> packets) {
    stage.stage.inside(() -> packets.forEach(each -> encoder.arrive(each, stage.stage.now())));
    stage.stage.engine.drained(stage.stage.now());
  }

  @Test
  void theFirstKeyFramesAreEnoughToComeToTheBestLayer() {
    stage.pass(2);
    assertTrue(stage.decoded().containsKey("2/0"));
    assertTrue(stage.ann.keyFrames.isEmpty());
  }

  @Test
  void aReceiverGetsTheSmallestLayerThatIsLargeEnough() {
    assertEquals(Set.of("2/0"), settled());
    stage.prefer(320, 180, 0);
    assertEquals(Set.of("0/0"), settled());
    stage.prefer(350, 196, 0);
    assertEquals(Set.of("0/0"), settled(), "a tenth larger is not seen");
    stage.prefer(500, 281, 0);
    assertEquals(Set.of("1/0"), settled());
    stage.prefer(4000, 2250, 0);
    assertEquals(Set.of("2/0"), settled());
    stage.decoder.assertNothingIsMissing();
  }

  @Test
  void whatIsNotSeenIsNotSentAndComesBackFast() {
    settled();
    stage.prefer(0, 0, 0);
    stage.decoded();
    stage.pass(SECOND);
    assertEquals(0, frames());
    stage.prefer(1280, 720, 0);
    stage.pass(8);
    assertTrue(frames() > 0);
  }

  @Test
  void fewerFramesAreSentToWhoWantsFewer() {
    settled();
    stage.prefer(1280, 720, 15);
    stage.pass(SECOND);
    stage.decoded();
    stage.pass(SECOND);
    assertEquals(15, frames());
    stage.prefer(1280, 720, 0);
    stage.pass(SECOND);
    stage.decoded();
    stage.pass(SECOND);
    assertEquals(30, frames());
  }

  @Test
  void aLayerThatVanishesGivesWayToTheNextAndComesBack() {
    settled();
    stage.encoders.get(2).sending = false;
    stage.pass(45);
    stage.decoded();
    stage.pass(SECOND);
    assertEquals(Map.of("1/0", SECOND), stage.decoded());
    stage.encoders.get(2).sending = true;
    stage.pass(3);
    assertTrue(stage.decoded().containsKey("2/0"), "with its first key frame");
    stage.decoder.assertNothingIsMissing();
  }

  @Test
  void aTrackWhoseLayersAllPauseGoesOnWhereItWas() {
    settled();
    stage.encoders.forEach(each -> each.sending = false);
    stage.pass(20 * SECOND);
    stage.encoders.forEach(each -> each.sending = true);
    assertEquals(Set.of("2/0"), settled());
    stage.decoder.assertNothingIsMissing();
  }

  @Test
  void theLadderRisesInPriceAndIsWhatTheReceiverHasUseFor() {
    settled();
    Demand demand = stage.demand();
    assertEquals(7, demand.rungs());
    for (int i = 1; i < demand.rungs(); i++) {
      assertTrue(demand.bitrate(i) > demand.bitrate(i - 1));
    }
    assertEquals(1280, demand.useful().getLast().width());
    assertEquals(30, demand.useful().getLast().framesPerSecond(), 1);
    assertEquals(1280 * 720, demand.size());
    stage.prefer(320, 180, 0);
    stage.pass(1);
    assertEquals(3, demand.rungs());
  }

  @Test
  void aGrantIsKeptUntilThereIsAnother() {
    settled();
    assertEquals(Claim.NEW, stage.demand().granted());
    stage.grant(0);
    stage.pass(SECOND);
    stage.decoded();
    stage.pass(2 * SECOND);
    assertEquals(0, stage.demand().granted());
    assertEquals(Map.of("0/0", 15), stage.decoded());
    stage.grant(4);
    assertEquals(Set.of("1/0"), settled());
    assertEquals(4, stage.demand().granted());
    stage.decoder.assertNothingIsMissing();
  }

  @Test
  void aTrackThatIsGrantedNothingIsHeldBackAndToldSo() {
    settled();
    stage.stage.told();
    stage.grant(-1);
    stage.decoded();
    assertEquals(
        List.of(new StreamStateChanged(RoomStage.ROOM, "bob", stage.track, HoldReason.BANDWIDTH)),
        stage.told(StreamStateChanged.class));
    stage.pass(SECOND);
    assertEquals(0, frames());
    assertNull(stage.demand().chosen());
    assertTrue(stage.demand().rungs() > 0, "it still asks");
    stage.grant(9);
    stage.pass(SECOND);
    assertEquals(
        List.of(new StreamStateChanged(RoomStage.ROOM, "bob", stage.track, null)),
        stage.told(StreamStateChanged.class));
    assertTrue(frames() > 0);
  }

  @Test
  void aSharedScreenComesBeforeACameraAndWeightBeforeNone() {
    assertEquals(3, stage.demand().rank());
    stage.stage.inside(() -> stage.ann.side.published(RoomStage.layered("9", "screen", "q", "h")));
    List<Demand> demands = stage.stage.rooms.room(RoomStage.ROOM).member("bob").demands();
    assertEquals(0, demands.getLast().rank());
  }

  @Test
  void spatialLayersOfOneStreamAreChosenLikeEncodings() {
    stage = LayerStage.scalable(3, LayeredEncoder.VP9);
    assertEquals(Set.of("0/0", "0/1", "0/2"), settled());
    stage.prefer(320, 180, 0);
    assertEquals(Set.of("0/0"), settled());
    stage.prefer(640, 360, 0);
    assertEquals(Set.of("0/0", "0/1"), settled());
    stage.decoder.assertNothingIsMissing();
  }

  @Test
  void decodeTargetsAreChosenLikeEncodings() {
    stage = LayerStage.scalable(3, LayeredEncoder.AV1);
    assertEquals(Set.of("0/0", "0/1", "0/2"), settled());
    stage.prefer(120, 67, 0);
    assertEquals(Set.of("0/0"), settled());
    stage.prefer(240, 135, 14);
    assertEquals(Set.of("0/0", "0/1"), settled());
    stage.decoder.assertDescriptorsGoOn();
    stage.decoder.assertWhole();
  }

  @Test
  void aStructureThatComesLateLetsNobodyJoinWhereNoKeyFrameIs() {
    stage = LayerStage.scalable(3, LayeredEncoder.AV1);
    settled();
    stage.prefer(120, 67, 0);
    assertEquals(Set.of("0/0"), settled());
    LayeredEncoder encoder = stage.encoders.getFirst();
    encoder.keyWanted = true;
    stage.decoded();
    List<byte[]> key = new ArrayList<>(encoder.picture());
    byte[] structure = key.removeFirst();
    arrive(encoder, key);
    stage.prefer(1280, 720, 0);
    arrive(encoder, List.of(structure));
    assertEquals(Map.of("0/0", 1), stage.decoded());
    stage.pass(1);
    assertEquals(Map.of("0/0", 1), stage.decoded());
    assertEquals(Set.of("0/0", "0/1", "0/2"), settled());
    stage.decoder.assertNothingIsMissing();
  }

  @Test
  void aKeyFrameThatCameTooLateToJoinWithIsAskedForAgain() {
    for (int codec : List.of(LayeredEncoder.VP9, LayeredEncoder.AV1)) {
      stage = LayerStage.scalable(3, codec);
      settled();
      stage.prefer(120, 67, 0);
      assertEquals(Set.of("0/0"), settled());
      LayeredEncoder encoder = stage.encoders.getFirst();
      stage.ann.keyFrames.clear();
      stage.prefer(1280, 720, 0);
      assertEquals(1, stage.ann.keyFrames.size());
      stage.ann.keyFrames.clear();
      encoder.keyWanted = true;
      List<byte[]> key = encoder.picture();
      List<byte[]> lowest = key.subList(0, encoder.packetsAFrame);
      arrive(encoder, key.subList(encoder.packetsAFrame, key.size()));
      lowest.forEach(each -> stage.decoder.delay(each, codec));
      stage.pass(2);
      arrive(encoder, lowest);
      assertEquals(Set.of("0/0", "0/1", "0/2"), settled());
      stage.decoder.assertNothingIsMissing();
    }
  }

  @Test
  void layersNobodyHasUseForAreToldAfterAWhileAndWantedAtOnce() {
    settled();
    stage.stage.told();
    stage.prefer(320, 180, 0);
    stage.pass(4 * SECOND);
    assertEquals(List.of(), stage.told(LayersWanted.class));
    stage.pass(2 * SECOND);
    assertEquals(List.of(wanted(true, "q")), stage.told(LayersWanted.class));
    stage.encoders.get(1).sending = false;
    stage.encoders.get(2).sending = false;
    stage.pass(20 * SECOND);
    assertEquals(List.of(), stage.told(LayersWanted.class));
    stage.prefer(1280, 720, 0);
    assertEquals(List.of(wanted(true, "q", "h", "f")), stage.told(LayersWanted.class));
    stage.encoders.forEach(each -> each.sending = true);
    assertEquals(Set.of("2/0"), settled());
    stage.decoder.assertNothingIsMissing();
  }

  @Test
  void aTrackNobodyWatchesIsWantedNoMore() {
    settled();
    stage.stage.told();
    stage.stage.order(new SfuCommand.Pause(RoomStage.ROOM, "bob", stage.track, true));
    stage.pass(6 * SECOND);
    assertEquals(List.of(wanted(false)), stage.told(LayersWanted.class));
    stage.encoders.forEach(each -> each.sending = false);
    stage.pass(30 * SECOND);
    stage.stage.order(new SfuCommand.Pause(RoomStage.ROOM, "bob", stage.track, false));
    assertEquals(List.of(wanted(true, "q", "h", "f")), stage.told(LayersWanted.class));
  }

  @Test
  void whoComesBackSoonHasChangedNothing() {
    settled();
    stage.stage.told();
    for (int i = 0; i < 5; i++) {
      stage.prefer(0, 0, 0);
      stage.pass(3 * SECOND);
      stage.prefer(1280, 720, 0);
      stage.pass(SECOND);
    }
    assertEquals(List.of(), stage.told(LayersWanted.class));
  }

  @Test
  void aNewTrackWithoutSubscribersIsWantedForAWhile() {
    stage.stage.close("bob");
    stage.stage.told();
    stage.pass(4 * SECOND);
    assertEquals(List.of(), stage.told(LayersWanted.class));
    stage.stage.open("eve");
    stage.pass(10 * SECOND);
    assertEquals(List.of(), stage.told(LayersWanted.class));
  }

  @Test
  void aTrackOfOneEncodingIsWantedOrNot() {
    stage = LayerStage.scalable(3, LayeredEncoder.VP9);
    settled();
    stage.prefer(320, 180, 0);
    stage.pass(10 * SECOND);
    assertEquals(List.of(), stage.told(LayersWanted.class));
    stage.prefer(0, 0, 0);
    stage.pass(6 * SECOND);
    assertEquals(List.of(wanted(false)), stage.told(LayersWanted.class));
  }

  @Test
  void aTrackThatIsMutedTellsNothing() {
    settled();
    stage.stage.told();
    stage.stage.order(new SfuCommand.MuteTrack(RoomStage.ROOM, stage.track, true));
    stage.pass(20 * SECOND);
    assertEquals(List.of(), stage.told(LayersWanted.class));
  }

  @Test
  void aRoomThatIsGoneLeavesNoTimer() {
    settled();
    stage.stage.close("ann");
    stage.stage.close("bob");
    assertTrue(stage.stage.engine.isEmpty());
  }

  private SfuEvent wanted(boolean any, String... rids) {
    return new LayersWanted(RoomStage.ROOM, "ann", stage.track, "0", List.of(rids), any);
  }
}
