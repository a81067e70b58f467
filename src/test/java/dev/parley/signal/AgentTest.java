package dev.parley.signal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.media.PeerState;
import dev.parley.media.SdpType;
import dev.parley.media.SfuCommand;
import dev.parley.media.SfuEvent;
import dev.parley.media.SfuRefusal;
import dev.parley.media.SourceView;
import dev.parley.room.RoomChange;
import dev.parley.room.Topology;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AgentTest {
  private final Stage stage = new Stage().sfu();
  private final List<Object> heard = new ArrayList<>();

  private final AgentListener listener =
      new AgentListener() {
        @Override
        public void told(SfuEvent event) {
          heard.add(event);
        }

        @Override
        public void ended(Departure why) {
          heard.add(why);
        }
      };

  private Agent enters(String token, ParticipantKind kind) {
    try {
      return stage.signaling.enter("r", token, null, kind, listener);
    } catch (EntryRefused e) {
      throw new AssertionError(e.code() + ": " + e.getMessage(), e);
    }
  }

  private Agent encoder() {
    return enters("obs", ParticipantKind.ENCODER);
  }

  private void refusedWith(ErrorCode code, String token) {
    var refused =
        assertThrows(
            EntryRefused.class,
            () -> stage.signaling.enter("r", token, null, ParticipantKind.VIEWER, listener));
    assertEquals(code, refused.code());
  }

  private SfuEvent answered(SfuCommand.Describe offer) {
    return new SfuEvent.Described("r", offer.peer(), offer.number(), SdpType.ANSWER, "answer");
  }

  @Test
  void anEncoderIsSeenAndMovesTheCallToTheServer() {
    var ann = stage.joined("ann");
    var agent = encoder();
    assertEquals(Topology.SFU, ann.only(Notice.TopologyChanged.class).mode());
    var view = ann.only(Notice.ParticipantJoined.class).participant();
    assertEquals(agent.id(), view.id());
    assertEquals(ParticipantKind.ENCODER, view.kind());
    var open = stage.port.last(SfuCommand.OpenPeer.class);
    assertEquals(new SfuCommand.OpenPeer("r", agent.peer(), agent.id(), open.policy()), open);
    assertTrue(open.policy().publish());
    assertFalse(open.policy().subscribe());
    assertFalse(open.policy().offers());
  }

  @Test
  void aViewerWatchesAndPublishesNothing() {
    enters("tv", ParticipantKind.VIEWER);
    var policy = stage.port.last(SfuCommand.OpenPeer.class).policy();
    assertFalse(policy.publish());
    assertTrue(policy.subscribe());
    assertTrue(policy.automatic());
    assertFalse(policy.offers());
  }

  @Test
  void itsOfferIsAnsweredInAFuture() {
    var agent = encoder();
    var sources = List.of(new SourceView("0", "camera", false));
    var answer = agent.offer("offer", sources);
    var asked = stage.port.last(SfuCommand.Describe.class);
    assertEquals(
        new SfuCommand.Describe("r", agent.peer(), asked.number(), SdpType.OFFER, "offer", sources),
        asked);
    assertFalse(answer.isDone());
    stage.port.tells(answered(asked));
    assertEquals(answered(asked), answer.join());
    assertEquals(List.of(answered(asked)), heard);
  }

  @Test
  void aRefusalIsAnAnswerToo() {
    var agent = encoder();
    var answer = agent.offer("offer", List.of());
    var refused =
        new SfuEvent.DescriptionRefused(
            "r",
            agent.peer(),
            stage.port.last(SfuCommand.Describe.class).number(),
            SfuRefusal.SDP_MALFORMED,
            "no");
    stage.port.tells(refused);
    assertEquals(refused, answer.join());
  }

  @Test
  void aRefusedEndAnswersEverythingAndTakesTheAgentOut() {
    var agent = encoder();
    var answer = agent.offer("offer", List.of());
    var refused =
        new SfuEvent.DescriptionRefused(
            "r", agent.peer(), 0, SfuRefusal.TOO_MANY_PEERS, "the node is full");
    stage.port.tells(refused);
    assertEquals(refused, answer.join());
    assertEquals(List.of(refused, Departure.LEFT), heard);
    assertEquals(List.of(), stage.signaling.present("r"));
  }

  @Test
  void iceRestartsAreAnsweredApartFromOffers() {
    var agent = encoder();
    var offer = agent.offer("offer", List.of());
    var restart = agent.restartIce("u", "p");
    var order = stage.port.last(SfuCommand.RestartIce.class);
    var restarted = new SfuEvent.IceRestarted("r", agent.peer(), order.number(), "fragment");
    stage.port.tells(restarted);
    assertEquals(restarted, restart.join());
    assertFalse(offer.isDone());
  }

  @Test
  void theServersOffersAreToldAndAnswered() {
    var agent = enters("tv", ParticipantKind.VIEWER);
    var offer = new SfuEvent.Described("r", agent.peer(), 1, SdpType.OFFER, "offer");
    stage.port.tells(offer);
    assertEquals(List.of(offer), heard);
    agent.answer(1, "answer");
    assertEquals(
        new SfuCommand.Describe("r", agent.peer(), 1, SdpType.ANSWER, "answer", List.of()),
        stage.port.orders.getLast());
  }

  @Test
  void itEndsWithItsPeer() {
    var ann = stage.joined("ann");
    var agent = encoder();
    var answer = agent.offer("offer", List.of());
    ann.clear();
    var closed = new SfuEvent.PeerChanged("r", agent.peer(), PeerState.CLOSED, "consent");
    stage.port.tells(closed);
    assertEquals(List.of(closed, Departure.TIMEOUT), heard);
    assertEquals(
        new Notice.ParticipantLeft(agent.id(), Departure.TIMEOUT),
        ann.only(Notice.ParticipantLeft.class));
    assertEquals(PeerState.CLOSED, ((SfuEvent.PeerChanged) answer.join()).state());
    assertEquals(List.of(), stage.port.all(SfuCommand.ClosePeer.class));
    stage.pass(3_250);
    assertEquals(Topology.MESH, ann.only(Notice.TopologyChanged.class).mode());
  }

  @Test
  void itLeavesOnce() {
    stage.joined("ann");
    var agent = encoder();
    agent.leave();
    agent.leave();
    assertEquals(List.of(Departure.LEFT), heard);
    assertEquals(new SfuCommand.ClosePeer("r", agent.peer()), stage.port.orders.getLast());
    var late = agent.offer("late", List.of());
    assertEquals(PeerState.CLOSED, ((SfuEvent.PeerChanged) late.join()).state());
    assertEquals(new SfuCommand.ClosePeer("r", agent.peer()), stage.port.orders.getLast());
  }

  @Test
  void aModeratorRemovesItAndClosingTheRoomEndsIt() {
    var mod = stage.joined("mod+admin");
    var agent = encoder();
    mod.says(new Request.Remove("1", agent.id(), null));
    encoder();
    stage.signaling.closeRoom("r");
    assertEquals(List.of(Departure.REMOVED, Departure.CLOSED), heard);
  }

  @Test
  void itTakesNoOffersOfOthers() {
    var ann = stage.joined("ann");
    var agent = encoder();
    ann.clear();
    ann.says(new Request.Relay("1", RelayKind.OFFER, agent.id(), "\"\"", null));
    ann.refusedWith(ErrorCode.PARTICIPANT_NOT_FOUND);
  }

  @Test
  void oneTokenServesAPersonAnEncoderAndManyViewers() {
    var ann = stage.joined("ann");
    var first = enters("ann", ParticipantKind.ENCODER);
    enters("ann", ParticipantKind.VIEWER);
    enters("ann", ParticipantKind.VIEWER);
    assertEquals(List.of(), heard);
    ann.open();
    var second = enters("ann", ParticipantKind.ENCODER);
    assertEquals(List.of(Departure.REPLACED), heard);
    assertNotEquals(first.peer(), second.peer());
  }

  @Test
  void theRulesOfTheDoorHoldForItToo() {
    refusedWith(ErrorCode.TOKEN_EXPIRED, "expired");
    stage.room(new RoomChange(null, 1, null, null, null, null, null));
    stage.joined("ann");
    refusedWith(ErrorCode.ROOM_FULL, "tv");
    stage.signaling.closeRoom("r");
    stage.room(RoomChange.lock(true));
    refusedWith(ErrorCode.ROOM_LOCKED, "tv");
    stage.room(new RoomChange(null, null, null, null, null, true, false));
    stage.signaling.closeRoom("r");
    refusedWith(ErrorCode.NOT_ALLOWED, "tv");
    enters("tv+admin", ParticipantKind.VIEWER);
  }

  @Test
  void whereMediaGoesFromPeerToPeerItHasNoPlace() {
    var classic = stage.classic();
    refusedWith(ErrorCode.SFU_UNAVAILABLE, "tv");
    classic.loses();
    stage.signaling.closeRoom("r");
    stage.room(new RoomChange(null, null, null, Topology.MESH, null, null, null));
    refusedWith(ErrorCode.SFU_UNAVAILABLE, "tv");
    stage.room(RoomChange.NONE);
    stage.signaling.closeRoom("r");
    stage.port.available = false;
    refusedWith(ErrorCode.SFU_UNAVAILABLE, "tv");
    assertEquals(List.of(), stage.port.orders);
  }

  @Test
  void aClassicOneFindsARoomWithAnEncoderFull() {
    encoder();
    assertEquals(CloseReason.FULL, stage.classic().closed);
  }

  @Test
  void aRoomThatTurnsToPeerToPeerSendsItAwayAfterTheGrace() {
    var mod = stage.joined("mod+admin");
    encoder();
    mod.says(
        new Request.Configure(
            "1", new RoomChange(null, null, null, Topology.MESH, null, null, null)));
    stage.pass(9_750);
    assertEquals(List.of(), heard);
    stage.pass(500);
    assertEquals(List.of(Departure.REMOVED), heard);
  }
}
