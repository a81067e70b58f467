package dev.parley.engine.sfu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.engine.Engine;
import dev.parley.media.Encryption;
import dev.parley.media.PeerLimits;
import dev.parley.media.PeerPolicy;
import dev.parley.media.PeerState;
import dev.parley.media.SfuCommand;
import dev.parley.media.SfuEvent;
import dev.parley.media.SpeakerView;
import dev.parley.media.TrackKind;
import dev.parley.media.TrackView;
import dev.parley.protocol.sdp.Kind;
import dev.parley.protocol.sdp.Outgoing;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Who gets which track of a room, and what the enterprise half hears of it.
class RouterTest {
  private static final PeerPolicy ASKS = new PeerPolicy(true, true, false, PeerLimits.defaults());
  private final RoomStage stage = new RoomStage();

  @Test
  void whatOnePublishesTheOtherIsSent() {
    FakePeer ann = stage.open("ann");
    FakePeer bob = stage.open("bob");
    RoomStage.Stream video = stage.publish(ann, RoomStage.video("0"));
    video.packet(true);
    video.packet(false);
    video.packet(false);
    assertEquals(List.of(220, 221, 222), bob.sender("ann", Kind.VIDEO).octets());
    assertEquals(0, ann.wanted.size());
  }

  @Test
  void threeWhoPublishTwoTracksEachGetFour() {
    Set<Long> ssrcs = new HashSet<>();
    for (String name : List.of("ann", "bob", "eve")) {
      FakePeer peer = stage.open(name);
      stage.publish(peer, RoomStage.audio("0"));
      stage.publish(peer, RoomStage.video("1"));
    }
    for (FakePeer peer : stage.peers.values()) {
      assertEquals(4, peer.wanted.size());
      peer.wanted.forEach(each -> assertTrue(ssrcs.add(each.ssrc())));
      peer.wanted.forEach(each -> assertNotEquals(peer.side.participant(), each.stream()));
    }
  }

  @Test
  void tracksOfOnePublisherBelongTogether() {
    FakePeer ann = stage.open("ann");
    FakePeer bob = stage.open("bob");
    stage.publish(ann, RoomStage.audio("0"));
    stage.publish(ann, RoomStage.video("1"));
    assertEquals(1, bob.wanted.stream().map(Outgoing::cname).distinct().count());
    assertEquals(2, bob.wanted.stream().map(Outgoing::track).distinct().count());
    assertEquals(-1, bob.wanted.getFirst().repair());
  }

  @Test
  void whatHappensInOneTurnIsOneListOfWantedTracks() {
    FakePeer ann = stage.open("ann");
    FakePeer bob = stage.open("bob");
    stage.inside(
        () -> {
          ann.side.published(RoomStage.audio("0"));
          ann.side.published(RoomStage.video("1"));
        });
    assertEquals(List.of("want 2"), bob.orders);
  }

  @Test
  void theTrackIsToldFromItsBeginningToItsEnd() {
    FakePeer ann = stage.open("ann");
    stage.told();
    stage.publish(ann, RoomStage.video("0", "q", "h"));
    SfuEvent.TrackUp up = (SfuEvent.TrackUp) stage.told().getFirst();
    String id = up.track().id();
    assertTrue(id.matches("TR_[0-9a-z]{16}"));
    TrackView view =
        new TrackView(id, "ann", TrackKind.VIDEO, "camera", "VP8", false, List.of("q", "h"));
    assertEquals(view, up.track());
    stage.inside(() -> ann.side.unpublished("0"));
    assertEquals(List.of(new SfuEvent.TrackDown(RoomStage.ROOM, "ann", id)), stage.told());
  }

  @Test
  void aPublisherThatGoesOnWithOtherLayersIsTheSameTrack() {
    FakePeer ann = stage.open("ann");
    FakePeer bob = stage.open("bob");
    RoomStage.Stream video = stage.publish(ann, RoomStage.video("0"));
    video.packet(true);
    stage.told();
    stage.inside(() -> ann.side.published(RoomStage.video("0", "q", "h")));
    SfuEvent.TrackChanged changed = (SfuEvent.TrackChanged) stage.told().getFirst();
    assertEquals(List.of("q", "h"), changed.track().layers());
    video.packet(false);
    assertEquals(2, bob.sender("ann", Kind.VIDEO).sent.size());
    assertEquals(List.of("q", "h"), bob.sender("ann", Kind.VIDEO).from.section().rids());
  }

  @Test
  void aParticipantWithTwoPeersIsNotSentItsOwnTracks() {
    FakePeer up = stage.open("ann-up", "ann", RoomStage.ALL);
    FakePeer down = stage.open("ann-down", "ann", RoomStage.ALL);
    FakePeer bob = stage.open("bob");
    stage.publish(up, RoomStage.video("0"));
    stage.publish(bob, RoomStage.video("0"));
    assertEquals(1, bob.wanted.size());
    assertEquals(List.of("bob"), down.wanted.stream().map(Outgoing::stream).toList());
    assertEquals(List.of("bob"), up.wanted.stream().map(Outgoing::stream).toList());
  }

  @Test
  void whoIsNotSubscribedAutomaticallyAsksForATrackAndGivesItBack() {
    FakePeer ann = stage.open("ann");
    FakePeer bob = stage.open("bob", "bob", ASKS);
    stage.publish(ann, RoomStage.video("0")).packet(true);
    assertEquals(0, bob.wanted.size());
    String track = track();
    stage.told();
    stage.order(new SfuCommand.Subscribe(RoomStage.ROOM, "bob", track, true));
    assertEquals(
        List.of(new SfuEvent.Subscribed(RoomStage.ROOM, "bob", track, "s0")), stage.told());
    stage.order(new SfuCommand.Subscribe(RoomStage.ROOM, "bob", track, false));
    assertEquals(
        List.of(new SfuEvent.Subscribed(RoomStage.ROOM, "bob", track, null)), stage.told());
    assertEquals(0, bob.wanted.size());
    stage.order(new SfuCommand.Subscribe(RoomStage.ROOM, "bob", track, true));
    assertEquals(track + ".1", bob.wanted.getFirst().id());
  }

  @Test
  void whatWasGivenBackDoesNotComeBackByItself() {
    FakePeer ann = stage.open("ann");
    FakePeer bob = stage.open("bob");
    stage.publish(ann, RoomStage.video("0"));
    stage.order(new SfuCommand.Subscribe(RoomStage.ROOM, "bob", track(), false));
    stage.order(new SfuCommand.ChangePolicy(RoomStage.ROOM, "bob", RoomStage.ALL));
    assertEquals(0, bob.wanted.size());
  }

  @Test
  void whoMaySubscribeNoLongerLosesAllTracks() {
    FakePeer ann = stage.open("ann");
    FakePeer bob = stage.open("bob");
    RoomStage.Stream video = stage.publish(ann, RoomStage.video("0"));
    FakeSender sender = bob.sender("ann", Kind.VIDEO);
    PeerPolicy mute = new PeerPolicy(true, false, true, PeerLimits.defaults());
    stage.order(new SfuCommand.ChangePolicy(RoomStage.ROOM, "bob", mute));
    video.packet(true);
    assertEquals(0, bob.wanted.size());
    assertEquals(List.of(), sender.sent);
    stage.order(new SfuCommand.ChangePolicy(RoomStage.ROOM, "bob", RoomStage.ALL));
    assertEquals(1, bob.wanted.size());
  }

  private static PeerPolicy only(boolean automatic, String... tracks) {
    return new PeerPolicy(
        true,
        true,
        automatic,
        true,
        PeerLimits.defaults(),
        Encryption.ALLOWED,
        Set.of(),
        false,
        false,
        false,
        Map.of("ann", Set.of(tracks)));
  }

  @Test
  void whomAPublisherDoesNotLetHaveItsTracksGetsThemWhenItDoes() {
    FakePeer ann = stage.open("ann");
    FakePeer bob = stage.open("bob");
    RoomStage.Stream video = stage.publish(ann, RoomStage.video("0"));
    FakeSender sender = bob.sender("ann", Kind.VIDEO);
    stage.order(new SfuCommand.ChangePolicy(RoomStage.ROOM, "bob", only(true)));
    video.packet(true);
    assertEquals(0, bob.wanted.size());
    assertEquals(List.of(), sender.sent);
    stage.publish(ann, RoomStage.audio("1"));
    stage.publish(stage.open("eve"), RoomStage.audio("0"));
    assertEquals(1, bob.wanted.size(), "others' tracks come as before");
    stage.order(new SfuCommand.ChangePolicy(RoomStage.ROOM, "bob", RoomStage.ALL));
    assertEquals(3, bob.wanted.size());
  }

  @Test
  void whoAsksForATrackThatItMayNotHaveGetsItAsSoonAsItMay() {
    FakePeer ann = stage.open("ann");
    FakePeer bob = stage.open("bob", "bob", only(false));
    stage.publish(ann, RoomStage.video("0"));
    stage.order(new SfuCommand.Subscribe(RoomStage.ROOM, "bob", track(), true));
    assertEquals(0, bob.wanted.size());
    stage.order(new SfuCommand.ChangePolicy(RoomStage.ROOM, "bob", only(false, track())));
    assertEquals(1, bob.wanted.size());
    stage.order(new SfuCommand.Subscribe(RoomStage.ROOM, "bob", track(), false));
    stage.order(new SfuCommand.ChangePolicy(RoomStage.ROOM, "bob", only(false)));
    stage.order(new SfuCommand.ChangePolicy(RoomStage.ROOM, "bob", RoomStage.ALL));
    assertEquals(0, bob.wanted.size(), "what was declined stays so");
  }

  @Test
  void whoMayPublishNoLongerLosesHisTracks() {
    FakePeer ann = stage.open("ann");
    FakePeer bob = stage.open("bob");
    stage.publish(ann, RoomStage.video("0"));
    PeerPolicy viewer = new PeerPolicy(false, true, true, PeerLimits.defaults());
    stage.order(new SfuCommand.ChangePolicy(RoomStage.ROOM, "ann", viewer));
    assertEquals(List.of("policy", "unpublish 0"), ann.orders);
    assertEquals(0, bob.wanted.size());
    stage.inside(() -> ann.side.published(RoomStage.video("1")));
    assertEquals(0, bob.wanted.size());
  }

  @Test
  void aModeratorEndsATrackOfItsParticipantOnly() {
    FakePeer ann = stage.open("ann");
    FakePeer bob = stage.open("bob");
    stage.publish(ann, RoomStage.video("0"));
    stage.order(new SfuCommand.Unpublish(RoomStage.ROOM, "bob", track()));
    assertEquals(1, bob.wanted.size());
    stage.order(new SfuCommand.Unpublish(RoomStage.ROOM, "ann", track()));
    assertEquals(0, bob.wanted.size());
    assertEquals(List.of("unpublish 0"), ann.orders);
  }

  @Test
  void aClientThatDeclinesATrackIsSentNothingOfIt() {
    FakePeer ann = stage.open("ann");
    FakePeer bob = stage.open("bob");
    bob.accepts = false;
    RoomStage.Stream video = stage.publish(ann, RoomStage.video("0"));
    video.packet(true);
    bob.accept();
    FakeSender sender = bob.sender("ann", Kind.VIDEO);
    stage.inside(() -> bob.side.stopped(sender));
    sender.sent.clear();
    video.packet(true);
    assertEquals(List.of(), sender.sent);
  }

  @Test
  void whoLeavesTakesHisTracksAlong() {
    FakePeer ann = stage.open("ann");
    FakePeer bob = stage.open("bob");
    stage.publish(ann, RoomStage.video("0"));
    String track = track();
    stage.told();
    stage.close("ann");
    assertEquals(
        List.of(
            new SfuEvent.TrackDown(RoomStage.ROOM, "ann", track),
            new SfuEvent.PeerChanged(RoomStage.ROOM, "ann", PeerState.CLOSED, "left")),
        stage.told());
    assertEquals(0, bob.wanted.size());
  }

  @Test
  void aRoomOfMutedSpeakersIsSilent() {
    FakePeer ann = stage.open("ann");
    RoomStage.Stream audio = stage.publish(ann, RoomStage.audio("0"));
    audio.level = 20;
    stage.order(new SfuCommand.MuteTrack(RoomStage.ROOM, track(), true));
    stage.told();
    talk(audio);
    assertEquals(List.of(), stage.told());
  }

  @Test
  void whoSpeaksIsToldAndWhoFallsSilentToo() {
    FakePeer ann = stage.open("ann");
    RoomStage.Stream audio = stage.publish(ann, RoomStage.audio("0"));
    audio.level = 20;
    stage.told();
    talk(audio);
    SfuEvent.Speaking speaking = (SfuEvent.Speaking) stage.told().getFirst();
    assertEquals("ann", speaking.speakers().getFirst().participant());
    stage.pass(Duration.ofSeconds(20));
    assertEquals(List.<SpeakerView>of(), ((SfuEvent.Speaking) stage.told().getLast()).speakers());
    assertEquals(Engine.NEVER, stage.engine.deadline());
  }

  @Test
  void ordersForWhatIsNotThereAreDropped() {
    stage.close("nobody");
    stage.open("ann");
    stage.told();
    stage.close("nobody");
    stage.order(new SfuCommand.MuteTrack(RoomStage.ROOM, "TR_x", true));
    stage.order(new SfuCommand.Subscribe(RoomStage.ROOM, "ann", "TR_x", true));
    stage.order(new SfuCommand.Pause(RoomStage.ROOM, "ann", "TR_x", true));
    stage.order(new SfuCommand.Unpublish("elsewhere", "ann", "TR_x"));
    assertEquals(List.of(), stage.told());
    assertEquals(Engine.NEVER, stage.engine.deadline());
  }

  private void talk(RoomStage.Stream audio) {
    for (int i = 0; i < 50; i++) {
      audio.packet(true);
      stage.pass(Duration.ofMillis(20));
    }
  }

  private String track() {
    return stage.rooms.room(RoomStage.ROOM).tracks().getFirst();
  }
}
