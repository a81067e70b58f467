package dev.parley.engine.sfu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.media.Counter;
import dev.parley.media.MediaCommand;
import dev.parley.media.PeerLimits;
import dev.parley.media.PeerPolicy;
import dev.parley.media.PeerState;
import dev.parley.media.SdpType;
import dev.parley.media.SfuCommand;
import dev.parley.media.SfuEvent;
import dev.parley.media.SfuRefusal;
import dev.parley.protocol.sdp.Kind;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Paths, orders, limits, and what one peer's trouble costs the others.
class SfuEngineTest {
  private final RoomStage stage = new RoomStage();

  @Test
  void aDatagramGoesToThePeerOfItsPath() {
    FakePeer ann = stage.open("ann");
    FakePeer bob = stage.open("bob");
    receive("bob");
    receive("bob");
    receive("ann");
    assertEquals(List.of("receive 20"), ann.orders);
    assertEquals(List.of("receive 20", "receive 20"), bob.orders);
  }

  @Test
  void whatComesOnAPathOfNobodyIsCountedAndLeavesNothing() {
    for (int i = 0; i < 1_000; i++) {
      receive("stranger" + i);
    }
    assertEquals(1_000L, stage.tally.counts().get(Counter.SFU_DROPPED));
    assertTrue(stage.engine.isEmpty());
  }

  @Test
  void aPathOfAClosedPeerIsNobodys() {
    FakePeer ann = stage.open("ann");
    receive("ann");
    stage.close("ann");
    receive("ann");
    assertEquals(List.of("receive 20", "close left"), ann.orders);
    assertEquals(1L, stage.tally.counts().get(Counter.SFU_DROPPED));
  }

  @Test
  void ordersReachTheirPeerAndOthersAreIgnored() {
    FakePeer ann = stage.open("ann");
    stage.order(new SfuCommand.Describe(RoomStage.ROOM, "ann", 7, SdpType.OFFER, "v=0", List.of()));
    stage.order(new SfuCommand.RestartIce(RoomStage.ROOM, "ann", 8, "u", "p"));
    stage.order(new SfuCommand.OpenPeer(RoomStage.ROOM, "ann", "ann", RoomStage.ALL));
    stage.engine.command(new MediaCommand.Stop(), stage.now());
    stage.engine.closed(RoomStage.path("ann"), stage.now());
    assertEquals(List.of("describe 7 OFFER", "restart 8", "closed"), ann.orders);
  }

  @Test
  void aPeerIsWokenWhenItWantsToBe() {
    FakePeer ann = stage.open("ann");
    ann.deadline = stage.now() + Duration.ofMillis(5).toNanos();
    receive("ann");
    stage.pass(Duration.ofMillis(4));
    assertEquals(1, ann.orders.size());
    stage.pass(Duration.ofMillis(1));
    assertEquals("tick", ann.orders.getLast());
  }

  @Test
  void aBugThatAPeersInputMeetsCostsThatPeer() {
    FakePeer ann = stage.open("ann");
    FakePeer bob = stage.open("bob");
    stage.publish(ann, RoomStage.video("0"));
    stage.told();
    ann.broken = true;
    receive("ann");
    assertEquals(closed("ann", "failed"), stage.told().getLast());
    assertEquals(0, bob.wanted.size());
    assertEquals(1L, stage.tally.counts().get(Counter.ENGINE_FAILURES));
  }

  @Test
  void aBugInSendingToOneCostsThatOneAndTheOthersGetThePacket() {
    FakePeer ann = stage.open("ann");
    FakePeer bob = stage.open("bob");
    FakePeer eve = stage.open("eve");
    RoomStage.Stream video = stage.publish(ann, RoomStage.video("0"));
    bob.sender("ann", Kind.VIDEO).broken = true;
    video.packet(true);
    video.packet(false);
    assertEquals(2, eve.sender("ann", Kind.VIDEO).sent.size());
    assertEquals(closed("bob", "failed"), stage.told().getLast());
    assertEquals(List.of("want 1", "close failed"), bob.orders);
  }

  @Test
  void moreTracksThanARoomMayHaveAreRefused() {
    RoomStage small = new RoomStage(new SfuSettings(1, 9, 2, 1, 1));
    FakePeer ann = small.open("ann");
    small.publish(ann, RoomStage.video("0"));
    small.told();
    small.inside(() -> ann.side.published(RoomStage.video("1")));
    SfuEvent.DescriptionRefused refused = (SfuEvent.DescriptionRefused) small.told().getFirst();
    assertEquals(SfuRefusal.TOO_MANY_TRACKS, refused.reason());
    small.inside(() -> ann.side.unpublished("0"));
    small.publish(ann, RoomStage.video("2"));
    assertEquals(1, small.rooms.room(RoomStage.ROOM).tracks().size());
  }

  @Test
  void morePeersThanARoomOrNodeMayHaveAreRefused() {
    RoomStage small = new RoomStage(new SfuSettings(2, 3, 2, 1, 1));
    small.open("ann");
    small.open("bob");
    small.told();
    small.open("eve");
    assertEquals(refused("room", "eve", small), closed("eve", "limit"));
    small.order(new SfuCommand.OpenPeer("other", "joe", "joe", RoomStage.ALL));
    small.order(new SfuCommand.OpenPeer("other", "jim", "jim", RoomStage.ALL));
    assertEquals(
        refused("other", "jim", small),
        new SfuEvent.PeerChanged("other", "jim", PeerState.CLOSED, "limit"));
    small.close("ann");
    small.order(new SfuCommand.OpenPeer("third", "kim", "kim", RoomStage.ALL));
    assertEquals(
        refused("third", "kim", small),
        new SfuEvent.PeerChanged("third", "kim", PeerState.CLOSED, "limit"));
  }

  @Test
  void moreSubscriptionsThanAParticipantMayHaveAreNotMade() {
    PeerPolicy two = new PeerPolicy(true, true, true, new PeerLimits(8, 8, 0, 2));
    FakePeer ann = stage.open("ann");
    FakePeer bob = stage.open("bob", "bob", two);
    for (int i = 0; i < 5; i++) {
      stage.publish(ann, RoomStage.video("" + i));
    }
    assertEquals(2, bob.wanted.size());
    stage.told();
    String last = stage.rooms.room(RoomStage.ROOM).tracks().getLast();
    stage.order(new SfuCommand.Subscribe(RoomStage.ROOM, "bob", last, true));
    SfuEvent.DescriptionRefused refused = (SfuEvent.DescriptionRefused) stage.told().getFirst();
    assertEquals(SfuRefusal.TOO_MANY_TRACKS, refused.reason());
    stage.order(
        new SfuCommand.ChangePolicy(
            RoomStage.ROOM, "bob", new PeerPolicy(true, true, true, new PeerLimits(8, 8, 0, 1))));
    assertEquals(1, bob.wanted.size());
  }

  @Test
  void aClosedRoomIsGoneWithAllPeers() {
    FakePeer ann = stage.open("ann");
    stage.open("bob");
    stage.publish(ann, RoomStage.video("0"));
    stage.order(new SfuCommand.CloseRoom(RoomStage.ROOM));
    assertTrue(stage.engine.isEmpty());
    assertTrue(stage.told().contains(closed("bob", "closed")));
  }

  @Test
  void twoHundredJoinsAndLeavesLeaveNothing() {
    SplittableRandom chance = new SplittableRandom(3);
    for (int i = 0; i < 200; i++) {
      FakePeer peer = stage.open("peer" + i);
      RoomStage.Stream audio = stage.publish(peer, RoomStage.audio("0"));
      RoomStage.Stream video = stage.publish(peer, RoomStage.video("1"));
      audio.level = 20;
      audio.packet(true);
      video.packet(true);
      video.packet(false);
      stage.pass(Duration.ofMillis(20));
      stage.close("peer" + chance.nextInt(Math.max(0, i - 5), i + 1));
    }
    assertFalse(stage.engine.isEmpty());
    for (int i = 0; i < 200; i++) {
      stage.close("peer" + i);
    }
    assertTrue(stage.engine.isEmpty());
    assertEquals(
        stage.tally.counts().get(Counter.SFU_TRACKS_UP),
        stage.tally.counts().get(Counter.SFU_TRACKS_DOWN));
    assertEquals(200L, stage.tally.counts().get(Counter.SFU_PEERS_CLOSED));
  }

  @Test
  void aParticipantWhoseNameNoMsidCanHaveIsRefused() {
    stage.open("x", "a b", RoomStage.ALL);
    SfuEvent.DescriptionRefused refused = (SfuEvent.DescriptionRefused) stage.told().getFirst();
    assertEquals(SfuRefusal.UNAVAILABLE, refused.reason());
    assertTrue(stage.engine.isEmpty());
  }

  @Test
  void theDefaultsAreThese() {
    assertEquals(new SfuSettings(2_000, 10_000, 2_000, 1_000, 500_000), SfuSettings.defaults());
  }

  /// What was told last, after a refusal for too many peers.
  private static SfuEvent refused(String room, String peer, RoomStage stage) {
    List<SfuEvent> told = stage.told();
    SfuEvent.DescriptionRefused refused = (SfuEvent.DescriptionRefused) told.get(told.size() - 2);
    assertEquals(SfuRefusal.TOO_MANY_PEERS, refused.reason());
    assertEquals(room, refused.room());
    assertEquals(peer, refused.peer());
    return told.getLast();
  }

  private static SfuEvent closed(String peer, String reason) {
    return new SfuEvent.PeerChanged(RoomStage.ROOM, peer, PeerState.CLOSED, reason);
  }

  private void receive(String peer) {
    stage.engine.receive(new byte[20], 0, 20, RoomStage.path(peer), stage.now());
  }
}
