package dev.parley.engine.sfu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.engine.cascade.Note;
import dev.parley.media.Counter;
import dev.parley.media.PeerLimits;
import dev.parley.media.PeerPolicy;
import dev.parley.media.Preference;
import dev.parley.media.SfuCommand;
import dev.parley.media.SfuEvent;
import dev.parley.protocol.sdp.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What branches of a room tell each other, and what follows from it.
class BranchesTest {
  private static final PeerPolicy ASKS = new PeerPolicy(true, true, false, PeerLimits.defaults());

  private final BranchStage stage = new BranchStage(3);

  @AfterEach
  void nothingIsLeftOrBroken() {
    for (RoomStage loop : stage.loops) {
      List.copyOf(loop.peers.keySet()).forEach(loop::close);
      assertFalse(loop.tally.counts().containsKey(Counter.ENGINE_FAILURES));
    }
    stage.cross();
    stage.spread();
    assertTrue(stage.isEmpty());
  }

  private RoomStage.Stream publish(int loop, String peer) {
    return on(loop).publish(on(loop).open(peer), RoomStage.video("v"));
  }

  private RoomStage on(int loop) {
    return stage.on(loop);
  }

  private String track() {
    return stage.told(SfuEvent.TrackUp.class).getFirst().track().id();
  }

  private void send(RoomStage.Stream stream, int packets) {
    for (int i = 0; i < packets; i++) {
      stream.packet(false);
      stage.pass(Duration.ofMillis(10));
    }
  }

  @Test
  void aTrackStandsUnderTheSameNamesOnEveryBranch() {
    stage.spread(0, 1);
    FakePeer bob = on(1).open("bob");
    publish(0, "ann");
    stage.cross();
    assertEquals(stage.tracks(0), stage.tracks(1));
    FakeSender sender = bob.sender("ann", Kind.VIDEO);
    assertEquals(track(), sender.outgoing.track());
    assertEquals(on(0).rooms.room(RoomStage.ROOM).member("ann").cname(), sender.outgoing.cname());
    assertEquals(1, stage.told(SfuEvent.TrackUp.class).size());
  }

  @Test
  void anotherBranchGoesOnBeforeThisOnesReceiversAreServed() {
    stage.spread(0, 1);
    on(1).open("bob");
    FakePeer cyd = on(0).open("cyd");
    RoomStage.Stream ann = publish(0, "ann");
    stage.cross();
    ann.packet(true);
    stage.pass(Duration.ofMillis(10));
    FakeSender near = cyd.sender("ann", Kind.VIDEO);
    assertEquals(1, near.sent.size());
    List<String> order = new ArrayList<>();
    stage.flushed = () -> order.add(stage.carried + " carried, " + near.sent.size() + " sent");
    ann.packet(false);
    ann.packet(false);
    assertEquals(List.of("2 carried, 1 sent", "3 carried, 2 sent"), order);
    assertEquals(3, near.sent.size());
    assertEquals(3, stage.carried);
  }

  @Test
  void whatNobodyWantsIsNotCarried() {
    stage.spread(0, 1);
    on(1).open("bob", "bob", ASKS);
    RoomStage.Stream ann = publish(0, "ann");
    stage.cross();
    send(ann, 5);
    assertEquals(0, stage.carried);
    assertEquals(List.of(), stage.notes(Note.Want.class));
  }

  @Test
  void whoAsksGetsItAndWhoLeavesEndsItAfterAWhile() {
    stage.spread(0, 1);
    FakePeer bob = on(1).open("bob", "bob", ASKS);
    RoomStage.Stream ann = publish(0, "ann");
    stage.cross();
    ann.packet(true);
    on(1).order(new SfuCommand.Subscribe(RoomStage.ROOM, "bob", track(), true));
    stage.cross();
    send(ann, 3);
    assertEquals(4, bob.sender("ann", Kind.VIDEO).sent.size());
    on(1).order(new SfuCommand.Subscribe(RoomStage.ROOM, "bob", track(), false));
    stage.pass(Duration.ofSeconds(6));
    long before = stage.carried;
    send(ann, 3);
    assertEquals(before, stage.carried);
    assertFalse(stage.notes(Note.Want.class).getLast().any());
  }

  @Test
  void whoComesLateBeginsWithTheKeyFrameAtHandAndThePublisherIsNotAsked() {
    stage.spread(0, 1);
    on(1).open("bob", "bob", ASKS);
    RoomStage.Stream ann = publish(0, "ann");
    stage.cross();
    ann.packet(true);
    send(ann, 10);
    on(1).order(new SfuCommand.Subscribe(RoomStage.ROOM, "bob", track(), true));
    stage.pass(Duration.ofMillis(50));
    assertEquals(11, on(1).peers.get("bob").sender("ann", Kind.VIDEO).sent.size());
    send(ann, 1);
    assertEquals(12, on(1).peers.get("bob").sender("ann", Kind.VIDEO).sent.size());
    assertEquals(List.of(), ann.peer.keyFrames);
  }

  @Test
  void requestsForAKeyFrameOnAllBranchesAreOneToThePublisher() {
    stage.spread(0, 1, 2);
    FakePeer bob = on(1).open("bob");
    FakePeer eve = on(2).open("eve");
    FakePeer kim = on(0).open("kim");
    RoomStage.Stream ann = publish(0, "ann");
    stage.cross();
    ann.packet(true);
    send(ann, 100);
    ann.peer.keyFrames.clear();
    for (FakePeer each : List.of(bob, eve, kim)) {
      each.sender("ann", Kind.VIDEO).side.keyFrameWanted(on(0).now());
    }
    stage.cross();
    assertEquals(
        2, stage.notes(Note.KeyFrameWanted.class).stream().filter(it -> !it.newcomer()).count());
    assertEquals(1, ann.peer.keyFrames.size());
  }

  @Test
  void aMutedTrackIsMutedOnEveryBranchAndToldOnce() {
    stage.spread(0, 1);
    FakePeer bob = on(1).open("bob");
    RoomStage.Stream ann = publish(0, "ann");
    stage.cross();
    ann.packet(true);
    send(ann, 2);
    SfuCommand mute = new SfuCommand.MuteTrack(RoomStage.ROOM, track(), true);
    stage.loops.forEach(loop -> loop.order(mute));
    stage.cross();
    bob.sender("ann", Kind.VIDEO).sent.clear();
    send(ann, 3);
    assertEquals(List.of(), bob.sender("ann", Kind.VIDEO).sent);
    assertEquals(1, stage.told(SfuEvent.TrackChanged.class).size());
  }

  @Test
  void anotherCodecIsTheSameTrackOnEveryBranch() {
    stage.spread(0, 1);
    on(1).open("bob");
    RoomStage.Stream ann = publish(0, "ann");
    stage.cross();
    ann.type = RoomStage.H264;
    ann.packet(true);
    stage.pass(Duration.ofSeconds(1));
    assertEquals("H264", on(1).rooms.room(RoomStage.ROOM).track(track()).view().codec());
    assertEquals(1, stage.told(SfuEvent.TrackChanged.class).size());
  }

  @Test
  void thePublisherIsToldOfTheEncodingsThatAnyBranchHasUseFor() {
    stage.spread(0, 1, 2);
    FakePeer ann = on(0).open("ann");
    on(1).open("bob");
    on(2).open("eve");
    var publication = RoomStage.video("v", "l", "h");
    on(0).inside(() -> ann.side.published(publication));
    RoomStage.Stream low = on(0).new Stream(ann, publication, "l", 1);
    RoomStage.Stream high = on(0).new Stream(ann, publication, "h", 2);
    prefer(1, "bob", new Preference(100, 100, 0, 0));
    prefer(2, "eve", new Preference(100, 100, 0, 0));
    for (int i = 0; i < 800; i++) {
      low.packet(i % 10 == 0);
      high.packet(i % 10 == 0);
      high.packet(false);
      stage.pass(Duration.ofMillis(10));
    }
    assertEquals(List.of("l"), stage.told(SfuEvent.LayersWanted.class).getLast().rids());
    prefer(2, "eve", Preference.ALL);
    stage.cross();
    assertEquals(List.of("l", "h"), stage.told(SfuEvent.LayersWanted.class).getLast().rids());
  }

  private void prefer(int loop, String peer, Preference preference) {
    stage.cross();
    on(loop).order(new SfuCommand.Prefer(RoomStage.ROOM, peer, track(), preference));
    stage.cross();
  }

  @Test
  void whoSpeaksOnAnyBranchIsToldByTheOneThatLeads() {
    stage.spread(0, 1);
    on(0).open("eve", "eve", ASKS);
    RoomStage.Stream bob = on(1).publish(on(1).open("bob"), RoomStage.audio("a"));
    stage.cross();
    bob.level = 10;
    for (int i = 0; i < 100; i++) {
      bob.packet(false);
      stage.pass(Duration.ofMillis(20));
    }
    assertEquals(
        List.of(), on(1).told.stream().filter(SfuEvent.Speaking.class::isInstance).toList());
    assertEquals(
        "bob", stage.told(SfuEvent.Speaking.class).getLast().speakers().getFirst().participant());
  }

  @Test
  void theLeadChangesAndTheNextOneTells() {
    whoSpeaksOnAnyBranchIsToldByTheOneThatLeads();
    on(0).close("eve");
    stage.spread(1);
    stage.pass(Duration.ofSeconds(5));
    assertEquals(List.of(), stage.told(SfuEvent.Speaking.class).getLast().speakers());
  }

  @Test
  void aBranchThatGoesTakesItsTracksAlongAndComesAgain() {
    stage.spread(0, 1);
    FakePeer bob = on(1).open("bob");
    publish(0, "ann");
    stage.cross();
    assertEquals(1, bob.wanted.size());
    on(0).close("ann");
    stage.cross();
    stage.spread(1);
    assertEquals(0, bob.wanted.size());
    stage.spread(1, 0);
    publish(0, "kim");
    stage.cross();
    assertEquals(1, bob.wanted.size());
  }

  @Test
  void reportsOfThePublishersClockReachReceiversOnOtherBranches() {
    stage.spread(0, 1);
    on(1).open("bob");
    RoomStage.Stream ann = publish(0, "ann");
    stage.cross();
    ann.packet(true);
    stage.cross();
    on(0).inside(() -> ann.sink.senderReport(5L << 32, 77, on(0).now()));
    stage.cross();
    PublishedTrack there = on(1).rooms.room(RoomStage.ROOM).track(track());
    assertTrue(there.layers().getFirst().clock().known());
    assertEquals(77, there.layers().getFirst().clock().timestamp(on(1).now()));
  }

  @Test
  void aLayerThatEndsEndsOnEveryBranch() {
    stage.spread(0, 1);
    on(1).open("bob");
    RoomStage.Stream ann = publish(0, "ann");
    stage.cross();
    ann.packet(true);
    stage.cross();
    PublishedTrack there = on(1).rooms.room(RoomStage.ROOM).track(track());
    assertEquals(1, there.layers().size());
    on(0).inside(ann.sink::ended);
    stage.cross();
    assertEquals(0, there.layers().size());
  }

  @Test
  void aRoomHasNoMoreTracksThanItMayOverAllItsBranches() {
    BranchStage small = new BranchStage(2, new SfuSettings(10, 10, 10, 2, 1_000));
    small.spread(0, 1);
    FakePeer ann = small.on(0).open("ann");
    FakePeer bob = small.on(1).open("bob");
    small.on(0).publish(ann, RoomStage.video("0"));
    small.on(1).publish(bob, RoomStage.video("0"));
    small.cross();
    small.on(1).publish(bob, RoomStage.audio("1"));
    assertEquals(2, small.told(SfuEvent.TrackUp.class).size());
    assertEquals(1, small.told(SfuEvent.DescriptionRefused.class).size());
  }

  @Test
  void aTrackThatTheRoomHasNoPlaceForComesWhenThereIsOne() {
    BranchStage small = new BranchStage(2, new SfuSettings(10, 10, 10, 1, 1_000));
    small.spread(0, 1);
    FakePeer ann = small.on(0).open("ann");
    FakePeer bob = small.on(1).open("bob");
    small.on(0).publish(ann, RoomStage.video("0"));
    small.on(1).publish(bob, RoomStage.video("0"));
    small.cross();
    assertEquals(0, ann.wanted.size());
    small.on(0).inside(() -> ann.side.unpublished("0"));
    small.cross();
    assertEquals(1, ann.wanted.size());
  }

  @Test
  void aRoomHasNoMorePeersThanItMayOverAllItsBranches() {
    BranchStage small = new BranchStage(2, new SfuSettings(10, 10, 3, 9, 1_000));
    small.spread(0, 1);
    for (int i = 0; i < 3; i++) {
      small.on(0).open("a" + i);
      small.on(1).open("b" + i);
    }
    assertEquals(2, small.told(SfuEvent.DescriptionRefused.class).size());
  }

  @Test
  void onlyThePublishersBranchEndsATrackOnOrder() {
    stage.spread(0, 1);
    on(1).open("bob");
    publish(0, "ann");
    stage.cross();
    SfuCommand order = new SfuCommand.Unpublish(RoomStage.ROOM, "ann", track());
    on(1).order(order);
    assertEquals(1, stage.tracks(1).size());
    on(0).order(order);
    stage.cross();
    assertEquals(List.of(), stage.tracks(1));
    assertEquals(1, stage.told(SfuEvent.TrackDown.class).size());
  }
}
