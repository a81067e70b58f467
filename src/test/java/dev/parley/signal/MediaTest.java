package dev.parley.signal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.media.PeerLimits;
import dev.parley.media.PeerPolicy;
import dev.parley.media.PeerState;
import dev.parley.media.SdpType;
import dev.parley.media.SfuCommand;
import dev.parley.media.SfuEvent;
import dev.parley.media.SfuRefusal;
import dev.parley.media.SourceView;
import java.util.List;
import org.junit.jupiter.api.Test;

class MediaTest {
  private final Stage stage = Stage.forwarding();

  private void changed(String peer, PeerState state, String reason) {
    stage.port.tells(new SfuEvent.PeerChanged("r", peer, state, reason));
  }

  private long asked() {
    return stage.port.last(SfuCommand.Describe.class).number();
  }

  @Test
  void theFirstOfferOpensAnEndAndIsHandedOver() {
    var ann = stage.joined("ann");
    var sources = List.of(new SourceView("0", "camera", true));
    ann.says(new Request.Describe("7", SdpType.OFFER, 5, "v=0", sources));
    String peer = stage.port.last(SfuCommand.OpenPeer.class).peer();
    assertEquals(
        List.of(
            new SfuCommand.OpenPeer(
                "r", peer, ann.id(), new PeerPolicy(true, true, true, PeerLimits.defaults())),
            new SfuCommand.Describe("r", peer, asked(), SdpType.OFFER, "v=0", sources)),
        stage.port.orders);
    assertEquals(List.of(), ann.notices());
  }

  @Test
  void theAnswerCarriesTheClientsNumberAndMark() {
    var ann = stage.joined("ann");
    ann.says(new Request.Describe("7", SdpType.OFFER, 5, "v=0", List.of()));
    var asked = stage.port.last(SfuCommand.Describe.class);
    stage.port.tells(
        new SfuEvent.Described("r", asked.peer(), asked.number(), SdpType.ANSWER, "v=1"));
    assertEquals(List.of(new Notice.Described("7", SdpType.ANSWER, 5, "v=1")), ann.notices());
  }

  @Test
  void anOfferWithoutANumberIsCounted() {
    var ann = stage.joined("ann");
    String peer = ann.connects();
    ann.says(new Request.Describe(null, SdpType.OFFER, 0, "v=0", List.of()));
    stage.port.tells(new SfuEvent.Described("r", peer, asked(), SdpType.ANSWER, "v=1"));
    assertEquals(2, ann.only(Notice.Described.class).number());
  }

  @Test
  void laterOffersGoToTheSameEnd() {
    var ann = stage.joined("ann");
    String peer = ann.connects();
    ann.offersServer(2, "again");
    assertEquals(1, stage.port.all(SfuCommand.OpenPeer.class).size());
    assertEquals(peer, stage.port.last(SfuCommand.Describe.class).peer());
  }

  @Test
  void theServersOfferIsAnsweredUnderItsNumber() {
    var ann = stage.joined("ann");
    String peer = ann.connects();
    stage.port.tells(new SfuEvent.Described("r", peer, 3, SdpType.OFFER, "v=3"));
    assertEquals(List.of(new Notice.Described(null, SdpType.OFFER, 3, "v=3")), ann.notices());
    ann.says(new Request.Describe("8", SdpType.ANSWER, 3, "v=4", List.of()));
    assertEquals(
        new SfuCommand.Describe("r", peer, 3, SdpType.ANSWER, "v=4", List.of()),
        stage.port.orders.getLast());
  }

  @Test
  void anAnswerWithoutAnEndIsRefused() {
    var ann = stage.joined("ann");
    ann.says(new Request.Describe("8", SdpType.ANSWER, 3, "v=4", List.of()));
    ann.refusedWith(ErrorCode.MEDIA_CLOSED);
    assertEquals(List.of(), stage.port.orders);
  }

  @Test
  void everyRefusalOfADescriptionArrivesAsItsError() {
    var ann = stage.joined("ann");
    String peer = ann.connects();
    for (var reason : SfuRefusal.values()) {
      ann.offersServer(9, "bad");
      stage.port.tells(new SfuEvent.DescriptionRefused("r", peer, asked(), reason, "no"));
      assertEquals(List.of(new Notice.Error("o9", ErrorCode.of(reason), "no")), ann.notices());
      ann.clear();
    }
    assertEquals(List.of(), stage.port.all(SfuCommand.ClosePeer.class));
  }

  @Test
  void anOfferAndAnAnswerOfTheSameNumberAreRefusedApart() {
    var ann = stage.joined("ann");
    String peer = ann.connects();
    stage.port.tells(new SfuEvent.Described("r", peer, 2, SdpType.OFFER, "v=3"));
    ann.offersServer(2, "mine");
    long mine = asked();
    assertTrue(mine > Integer.MAX_VALUE, "no number that the server or an answer may have");
    ann.says(new Request.Describe("a2", SdpType.ANSWER, 2, "late", List.of()));
    ann.clear();
    stage.port.tells(new SfuEvent.DescriptionRefused("r", peer, 2, SfuRefusal.STALE, "late"));
    stage.port.tells(new SfuEvent.Described("r", peer, mine, SdpType.ANSWER, "v=5"));
    assertEquals(
        List.of(
            new Notice.Error("a2", ErrorCode.STALE_DESCRIPTION, "late"),
            new Notice.Described("o2", SdpType.ANSWER, 2, "v=5")),
        ann.notices());
  }

  @Test
  void anEndThatIsRefusedAnswersTheOfferAndIsGone() {
    var ann = stage.joined("ann");
    ann.offersServer(1, "offer");
    String peer = stage.port.last(SfuCommand.OpenPeer.class).peer();
    stage.port.tells(
        new SfuEvent.DescriptionRefused("r", peer, 0, SfuRefusal.TOO_MANY_PEERS, "full"));
    assertEquals(
        List.of(
            new Notice.Error("o1", ErrorCode.TOO_MANY_PEERS, "full"),
            new Notice.MediaChanged(PeerState.CLOSED, "too-many-peers")),
        ann.notices());
    ann.offersServer(2, "offer");
    assertNotEquals(peer, stage.port.last(SfuCommand.OpenPeer.class).peer());
  }

  @Test
  void aRefusalNobodyAskedForIsAMediaNotice() {
    var ann = stage.joined("ann");
    String peer = ann.connects();
    changed(peer, PeerState.CONNECTED, null);
    stage.port.tells(new SfuEvent.DescriptionRefused("r", peer, 0, SfuRefusal.TOO_MUCH, "slow"));
    assertEquals(
        List.of(
            new Notice.MediaChanged(PeerState.CONNECTED, null),
            new Notice.MediaChanged(PeerState.CONNECTED, "too-much-bitrate")),
        ann.notices());
  }

  @Test
  void moreUnansweredOffersThanAnyoneNeedsAreRefused() {
    var ann = stage.joined("ann");
    for (int i = 1; i <= 9; i++) {
      ann.offersServer(i, "offer");
    }
    assertEquals(
        List.of(
            new Notice.Error("o9", ErrorCode.RATE_LIMITED, "too many offers are not answered yet")),
        ann.notices());
    assertEquals(8, stage.port.all(SfuCommand.Describe.class).size());
  }

  @Test
  void theTokenSaysWhatAnEndMayDo() {
    stage.joined("ann+silent").offersServer(1, "");
    stage.joined("bob+deaf").offersServer(1, "");
    stage.joined("eve+hidden").offersServer(1, "");
    assertEquals(
        List.of("false true", "true false", "false true"),
        stage.port.all(SfuCommand.OpenPeer.class).stream()
            .map(open -> open.policy().publish() + " " + open.policy().subscribe())
            .toList());
  }

  @Test
  void aLeaveEndsTheEndAndItsTracksWithoutMoreWords() {
    var ann = stage.joined("ann");
    var bob = stage.joined("bob");
    String peer = ann.connects();
    stage.up("t", ann);
    bob.clear();
    ann.says(new Request.Leave("1"));
    assertEquals(new SfuCommand.ClosePeer("r", peer), stage.port.orders.getLast());
    stage.port.tells(new SfuEvent.TrackDown("r", ann.id(), "t"));
    changed(peer, PeerState.CLOSED, "left");
    assertEquals(List.of(new Notice.ParticipantLeft(ann.id(), Departure.LEFT)), bob.notices());
    var eve = stage.person();
    eve.join("eve");
    assertEquals(List.of(), eve.only(Notice.Joined.class).tracks());
  }

  @Test
  void aClosedEndMayBeFollowedByAnother() {
    var ann = stage.joined("ann");
    String peer = ann.connects();
    ann.offersServer(2, "unanswered");
    changed(peer, PeerState.CLOSED, "consent");
    assertEquals(
        List.of(
            new Notice.Error("o2", ErrorCode.MEDIA_CLOSED, "closed before it was answered"),
            new Notice.MediaChanged(PeerState.CLOSED, "consent")),
        ann.notices());
    assertNotEquals(peer, ann.connects());
    assertEquals(List.of(), stage.port.all(SfuCommand.ClosePeer.class));
  }

  @Test
  void aClientClosesItsOwnEnd() {
    var ann = stage.joined("ann");
    String peer = ann.connects();
    ann.says(new Request.CloseMedia("1"));
    assertEquals(new SfuCommand.ClosePeer("r", peer), stage.port.orders.getLast());
    changed(peer, PeerState.CLOSED, "left");
    assertEquals(
        List.of(new Notice.Ok("1"), new Notice.MediaChanged(PeerState.CLOSED, "left")),
        ann.notices());
    ann.clear();
    ann.says(new Request.CloseMedia("2"));
    ann.refusedWith(ErrorCode.MEDIA_CLOSED);
  }

  @Test
  void aLostSocketKeepsTheEndAndItsResumeGetsWhatWasDescribedInOrder() {
    var ann = stage.joined("ann");
    String peer = ann.connects();
    ann.offersServer(2, "two");
    long two = asked();
    ann.loses();
    stage.port.tells(new SfuEvent.Described("r", peer, two, SdpType.ANSWER, "answer two"));
    stage.port.tells(new SfuEvent.Described("r", peer, 1, SdpType.OFFER, "offer one"));
    changed(peer, PeerState.QUIET, null);
    stage.pass(19_000);
    var again = ann.resumes();
    assertEquals(
        List.of(
            new Notice.Described("o2", SdpType.ANSWER, 2, "answer two"),
            new Notice.Described(null, SdpType.OFFER, 1, "offer one"),
            new Notice.MediaChanged(PeerState.QUIET, null)),
        again.notices().subList(1, 4));
    again.says(new Request.Describe(null, SdpType.ANSWER, 1, "answer one", List.of()));
    assertEquals(peer, stage.port.last(SfuCommand.Describe.class).peer());
    assertEquals(List.of(), stage.port.all(SfuCommand.ClosePeer.class));
  }

  @Test
  void aRefusalThatComesWhileTheSocketIsLostIsLearntByTheResume() {
    var ann = stage.joined("ann");
    String peer = ann.connects();
    ann.offersServer(2, "two");
    ann.loses();
    stage.port.tells(
        new SfuEvent.DescriptionRefused("r", peer, asked(), SfuRefusal.SDP_MALFORMED, "no"));
    assertEquals(
        new Notice.MediaChanged(PeerState.CONNECTING, "sdp-malformed"),
        ann.resumes().only(Notice.MediaChanged.class));
  }

  @Test
  void whoeverDoesNotComeBackLosesTheEnd() {
    stage.joined("bob");
    var ann = stage.joined("ann");
    String peer = ann.connects();
    ann.loses();
    stage.pass(20_250);
    assertEquals(new SfuCommand.ClosePeer("r", peer), stage.port.orders.getLast());
  }

  @Test
  void anEmptyRoomAndAClosedOneEndAtTheServer() {
    var ann = stage.joined("ann");
    ann.connects();
    ann.says(new Request.Leave("1"));
    assertEquals(new SfuCommand.CloseRoom("r"), stage.port.orders.getLast());
    stage.joined("ann").connects();
    stage.signaling.closeRoom("r");
    assertEquals(2, stage.port.all(SfuCommand.CloseRoom.class).size());
    stage.port.orders.clear();
    stage.joined("bob");
    stage.signaling.closeRoom("r");
    assertEquals(List.of(), stage.port.orders);
  }

  @Test
  void candidatesForTheServerDoNothing() {
    var ann = stage.joined("ann");
    ann.says(new Request.Relay("1", RelayKind.CANDIDATE, Request.SFU, "null", null));
    assertEquals(List.of(), ann.notices());
    assertEquals(List.of(), stage.port.orders);
  }

  @Test
  void participantsStillSignalWithEachOtherMeanwhile() {
    var ann = stage.joined("ann");
    var bob = stage.joined("bob");
    ann.offers(bob, "\"v=0\"");
    bob.only(Notice.Relayed.class);
  }

  @Test
  void noDescriptionStandsInTheTextOfARecord() {
    for (Object described :
        List.of(
            new Request.Describe("1", SdpType.OFFER, 1, "secret", List.of()),
            new Notice.Described("1", SdpType.OFFER, 1, "secret"))) {
      assertFalse(described.toString().contains("secret"));
    }
  }
}
