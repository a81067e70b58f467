package dev.parley.signal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.media.PeerLimits;
import dev.parley.media.SdpType;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TalkingTest {
  private final Stage stage = new Stage();

  @Test
  void relaysOfferAnswerAndCandidateToTheOneNamed() {
    var ann = stage.joined("ann");
    var bob = stage.joined("bob");
    var eve = stage.joined("eve");
    List.of(ann, bob, eve).forEach(Stage.Person::clear);
    ann.offers(bob, "\"v=0\"");
    bob.says(new Request.Relay("5", RelayKind.ANSWER, ann.id(), "{\"type\":\"answer\"}", null));
    ann.says(new Request.Relay(null, RelayKind.CANDIDATE, bob.id(), "null", null));
    assertEquals(
        List.of(
            new Notice.Relayed(RelayKind.OFFER, ann.id(), "\"v=0\"", null),
            new Notice.Relayed(RelayKind.CANDIDATE, ann.id(), "null", null)),
        bob.notices());
    assertEquals(
        List.of(new Notice.Relayed(RelayKind.ANSWER, bob.id(), "{\"type\":\"answer\"}", null)),
        ann.notices());
    assertEquals(List.of(), eve.notices());
    assertEquals(3, stage.signaling.traffic().relayed());
  }

  @Test
  void anIceRestartIsOneMoreOffer() {
    var ann = stage.joined("ann");
    var bob = stage.joined("bob");
    ann.offers(bob, "\"one\"");
    ann.offers(bob, "\"two\"");
    assertEquals(
        List.of("\"one\"", "\"two\""),
        bob.all(Notice.Relayed.class).stream().map(Notice.Relayed::body).toList());
  }

  @Test
  void aRelayToNobodyOrToOneselfIsRefused() {
    var ann = stage.joined("ann");
    ann.says(new Request.Relay("3", RelayKind.OFFER, "nobody", "\"\"", null));
    assertEquals(
        List.of(new Notice.Error("3", ErrorCode.PARTICIPANT_NOT_FOUND, "no such participant")),
        ann.notices());
    ann.clear();
    ann.offers(ann, "\"\"");
    ann.refusedWith(ErrorCode.PARTICIPANT_NOT_FOUND);
    ann.open();
  }

  @Test
  void nothingIsRelayedIntoAnotherRoom() {
    var ann = stage.joined("ann");
    var bob = stage.person("other");
    bob.join("bob");
    bob.clear();
    ann.offers(bob, "\"\"");
    ann.refusedWith(ErrorCode.PARTICIPANT_NOT_FOUND);
    assertEquals(List.of(), bob.notices());
  }

  @Test
  void anUpdateChangesWhatItNamesAndTellsTheOthers() {
    var ann = stage.joined("ann");
    var bob = stage.joined("bob");
    ann.clear();
    bob.says(new Request.Update("4", "Robert", null, false, true, true, "{}"));
    assertEquals(List.of(new Notice.Ok("4")), bob.notices());
    var view = ann.only(Notice.ParticipantChanged.class).participant();
    assertEquals("Robert", view.name());
    assertEquals("bob", view.identity());
    assertEquals(
        List.of(true, false, true, true),
        List.of(view.audio(), view.video(), view.screen(), view.hand()));
    assertEquals("{}", view.metadata());
  }

  @Test
  void whatCannotBeReadIsAnsweredAndChangesNothing() {
    var ann = stage.joined("ann");
    ann.says(new Request.Unreadable("8", "unknown type", false));
    ann.refusedWith(ErrorCode.BAD_REQUEST);
    ann.open();
  }

  @Test
  void whatIsNotOfThisProtocolClosesButMayResume() {
    var ann = stage.joined("ann");
    ann.says(new Request.Unreadable(null, "not JSON", true));
    ann.refusedWith(ErrorCode.BAD_REQUEST);
    assertEquals(CloseReason.BAD_REQUEST, ann.closed);
    ann.resumes().only(Notice.Resumed.class);
  }

  @Test
  void aFloodIsAnsweredAndThenClosed() {
    var ann = stage.joined("ann");
    for (int i = 0; i < 199; i++) {
      ann.says(new Request.Ping(null, -1));
    }
    assertEquals(199, ann.all(Notice.Pong.class).size());
    ann.says(new Request.Ping("over", -1));
    ann.refusedWith(ErrorCode.RATE_LIMITED);
    ann.open();
    stage.now += 1_000;
    ann.clear();
    ann.says(new Request.Ping(null, -1));
    ann.only(Notice.Pong.class);
    for (int i = 0; i < 300; i++) {
      ann.says(new Request.Ping(null, -1));
    }
    assertEquals(CloseReason.TOO_MANY, ann.closed);
    assertTrue(ann.all(Notice.Pong.class).size() < 60);
  }

  @Test
  void aLongDescriptionCountsAsManyMessagesAsItIsLong() {
    var ann = Stage.forwarding().joined("ann");
    String sdp = "x".repeat(1_500_000);
    int passed = 0;
    // Of 23 messages' length each: 8 of 200 pass.
    for (int i = 0; i < 12; i++) {
      ann.clear();
      ann.says(new Request.Describe("a" + i, SdpType.ANSWER, 1, sdp, List.of()));
      passed += ann.only(Notice.Error.class).code() == ErrorCode.RATE_LIMITED ? 0 : 1;
    }
    assertEquals(8, passed);
    ann.open();
  }

  @Test
  void aMessageThatIsTooLongIsRefusedAndClosesOnlyWhoHasNotJoined() {
    var ann = stage.joined("ann");
    ann.says(new Request.TooBig("7", 70_000));
    ann.refusedWith(ErrorCode.MESSAGE_TOO_BIG);
    ann.open();
    var stranger = stage.person();
    stranger.says(new Request.TooBig(null, 70_000));
    stranger.refusedWith(ErrorCode.MESSAGE_TOO_BIG);
    assertEquals(CloseReason.TOO_BIG, stranger.closed);
    var classic = new Stage().classic();
    classic.says(new Request.TooBig(null, 70_000));
    assertEquals(CloseReason.TOO_BIG, classic.closed);
  }

  @Test
  void aSilentSocketIsLostAfterTwoHeartbeats() {
    var ann = stage.joined("ann");
    var bob = stage.joined("bob");
    for (int i = 0; i < 4; i++) {
      stage.pass(15_000);
      bob.says(new Request.Ping(null, -1));
    }
    stage.pass(500);
    assertEquals(CloseReason.HEARTBEAT, ann.closed);
    bob.open();
    assertEquals(false, bob.only(Notice.ParticipantChanged.class).participant().connected());
    ann.resumes().only(Notice.Resumed.class);
  }

  @Test
  void aSlowReaderIsClosedAndMayResumeWithoutALoss() {
    var ann = stage.joined("ann");
    var bob = stage.joined("bob");
    ann.clear();
    bob.room = 2;
    for (int i = 0; i < 5; i++) {
      ann.offers(bob, "\"" + i + "\"");
    }
    assertEquals(CloseReason.SLOW, bob.closed);
    assertEquals(false, ann.only(Notice.ParticipantChanged.class).participant().connected());
    var again = bob.resumes();
    assertEquals(
        List.of("\"2\"", "\"3\"", "\"4\""),
        again.all(Notice.Relayed.class).stream().map(Notice.Relayed::body).toList());
  }

  @Test
  void limitsRefuseNonsense() {
    assertEquals(65_536, Limits.DEFAULTS.maxMessageBytes());
    assertEquals(1_572_864, Limits.DEFAULTS.maxDescriptionBytes());
    assertEquals(Duration.ofSeconds(30), Limits.DEFAULTS.heartbeat());
    assertEquals(Duration.ofSeconds(20), Limits.DEFAULTS.resume());
    assertEquals(Duration.ofSeconds(10), Limits.DEFAULTS.join());
    org.junit.jupiter.api.Assertions.assertThrows(
        IllegalArgumentException.class,
        () ->
            new Limits(
                65_536,
                1_572_865,
                50,
                200,
                Duration.ofSeconds(30),
                Duration.ofSeconds(20),
                Duration.ofSeconds(10),
                128,
                65_536,
                1_024,
                1_048_576,
                PeerLimits.defaults()));
  }
}
