package dev.parley.signal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.media.SfuCommand;
import dev.parley.media.SfuEvent;
import dev.parley.room.RoomChange;
import dev.parley.room.Topology;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// What is told waits for the chronicle, and nothing else does.
class ChronicleTest {
  private final HeldChronicle chronicle = new HeldChronicle();
  private final Stage stage = new Stage(Limits.DEFAULTS, chronicle);

  private Stage.Person joined(String token) {
    var person = stage.person();
    person.join(token);
    chronicle.writesAll();
    assertNotNull(person.id(), () -> "not joined but " + person.heard);
    person.clear();
    return person;
  }

  @Test
  void aJoinIsToldWhenItIsWritten() {
    var ada = joined("ada");
    var bob = stage.person();
    bob.join("bob");
    assertEquals(List.of(), bob.notices());
    assertEquals(List.of(), ada.notices());
    assertEquals(1, stage.signaling.present("r").size());
    chronicle.writes();
    assertEquals("bob", bob.only(Notice.Joined.class).self().identity());
    assertEquals(1, bob.only(Notice.Joined.class).participants().size());
    assertEquals(1, ada.all(Notice.ParticipantJoined.class).size());
    assertEquals(List.of("joined ada", "joined bob"), chronicle.words());
  }

  @Test
  void aLeaveIsToldWhenItIsWritten() {
    var ada = joined("ada");
    var bob = joined("bob");
    ada.clear();
    bob.says(new Request.Leave("l"));
    assertEquals(List.of(), bob.notices());
    bob.open();
    assertEquals(List.of(), ada.notices());
    chronicle.writes();
    assertEquals("l", bob.only(Notice.Left.class).ref());
    assertEquals(CloseReason.LEFT, bob.closed);
    assertEquals(bob.id(), ada.only(Notice.ParticipantLeft.class).participant());
  }

  @Test
  void whoIsOnTheWayOutIsNotHeardAndGoesOnce() {
    var ada = joined("ada");
    var bob = joined("bob");
    ada.clear();
    bob.says(new Request.Leave("l"));
    bob.says(new Request.Leave("again"));
    bob.offers(ada, "sdp");
    bob.loses();
    assertTrue(stage.signaling.remove("r", "bob", null));
    stage.pass(1_000);
    assertEquals(List.of(), ada.notices());
    chronicle.writesAll();
    assertEquals(List.of("joined ada", "joined bob", "left bob"), chronicle.words());
    assertEquals(1, ada.all(Notice.ParticipantLeft.class).size());
  }

  @Test
  void othersTalkWhileSomebodyIsWaitedFor() {
    var ada = joined("ada");
    var bob = joined("bob");
    stage.person().join("carol");
    ada.offers(bob, "sdp");
    ada.says(new Request.Ping("p", 0));
    assertEquals(1, bob.all(Notice.Relayed.class).size());
    assertEquals(1, ada.all(Notice.Pong.class).size());
  }

  @Test
  void joinsAndLeavesAreToldInTheOrderTheyHappened() {
    var ada = joined("ada");
    var bob = joined("bob");
    ada.clear();
    stage.person().join("carol");
    bob.says(new Request.Leave("l"));
    stage.person().join("dora");
    chronicle.writesAll();
    var told =
        ada.notices().stream()
            .map(
                notice ->
                    switch (notice) {
                      case Notice.ParticipantJoined it -> "+" + it.participant().identity();
                      case Notice.ParticipantLeft it -> "-" + it.participant();
                      default -> "";
                    })
            .filter(word -> !word.isEmpty())
            .toList();
    assertEquals(List.of("+carol", "-" + bob.id(), "+dora"), told);
  }

  @Test
  void aJoinThatCannotBeWrittenInTimeIsTakenBack() {
    var ada = joined("ada");
    var bob = stage.person();
    bob.join("bob");
    stage.pass(Minutes.PATIENCE_MILLIS + 250);
    bob.refusedWith(ErrorCode.INTERNAL);
    assertEquals(CloseReason.FAILED, bob.closed);
    assertEquals(List.of("joined ada", "joined bob", "aborted bob"), chronicle.words());
    chronicle.writesAll();
    assertEquals(List.of(), ada.notices());
    assertEquals(1, stage.signaling.present("r").size());
    assertEquals(1, stage.signaling.traffic().participants());
  }

  @Test
  void aLeaveThatCannotBeWrittenInTimeIsToldAllTheSame() {
    var ada = joined("ada");
    var bob = joined("bob");
    ada.clear();
    bob.says(new Request.Leave("l"));
    stage.pass(Minutes.PATIENCE_MILLIS + 250);
    assertEquals(1, ada.all(Notice.ParticipantLeft.class).size());
    chronicle.writesAll();
    assertEquals(1, ada.all(Notice.ParticipantLeft.class).size());
    assertEquals(1, bob.all(Notice.Left.class).size());
  }

  @Test
  void whoseSocketIsLostBeforeItWasToldIsAborted() {
    joined("ada");
    var bob = stage.person();
    bob.join("bob");
    bob.loses();
    chronicle.writesAll();
    stage.pass(Limits.DEFAULTS.resume().toMillis() + 500);
    chronicle.writesAll();
    assertEquals(List.of("joined ada", "joined bob", "aborted bob"), chronicle.words());
  }

  @Test
  void theNewerOfOneIdentityComesAfterTheOlderHasGone() {
    var ada = joined("ada");
    var first = joined("bob");
    ada.clear();
    var second = stage.person();
    second.join("bob");
    assertEquals(List.of(), first.notices());
    chronicle.writes();
    assertEquals(CloseReason.REPLACED, first.closed);
    assertNull(second.id());
    chronicle.writes();
    assertNotNull(second.id());
    assertEquals(List.of("joined ada", "joined bob", "left bob", "joined bob"), chronicle.words());
    assertEquals(1, ada.all(Notice.ParticipantLeft.class).size());
    assertEquals(1, ada.all(Notice.ParticipantJoined.class).size());
  }

  @Test
  void theLastSeatIsTakenWhileItsOwnerIsWrittenDown() {
    stage.room(new RoomChange(null, 2, null, null, null, null, null));
    joined("ada");
    stage.person().join("bob");
    var carol = stage.person();
    carol.join("carol");
    carol.refusedWith(ErrorCode.ROOM_FULL);
  }

  @Test
  void aRoomEndsAfterItsLastLeave() {
    stage.room(new RoomChange(null, 2, Duration.ZERO, null, null, null, null));
    var ada = joined("ada");
    ada.says(new Request.Leave("l"));
    chronicle.writesAll();
    assertEquals(List.of("joined ada", "left ada", "ended"), chronicle.words());
    joined("ada");
    assertEquals("joined ada", chronicle.words().getLast());
  }

  @Test
  void aRoomThatWaitsForSomebodyEndsWhenItHasWaited() {
    var ada = joined("ada");
    ada.says(new Request.Leave("l"));
    chronicle.writesAll();
    assertEquals(List.of("joined ada", "left ada"), chronicle.words());
    stage.pass(61_000);
    assertEquals(List.of("joined ada", "left ada", "ended"), chronicle.words());
  }

  @Test
  void aClosedRoomWaitsForNobody() {
    var ada = joined("ada");
    var bob = stage.person();
    bob.join("bob");
    stage.signaling.closeRoom("r");
    assertEquals(CloseReason.CLOSED, ada.closed);
    assertNotNull(bob.closed);
    assertEquals(
        List.of("joined ada", "joined bob", "aborted bob", "left ada", "ended"), chronicle.words());
    chronicle.writesAll();
    assertEquals(0, stage.signaling.traffic().participants());
  }

  @Test
  void theLobbyIsNotPresence() {
    stage.room(new RoomChange(null, 9, null, null, null, true, null));
    var ada = joined("ada+admin");
    var bob = stage.person();
    bob.join("bob");
    assertEquals(List.of("joined ada"), chronicle.words());
    ada.says(new Request.Admit("a", bob.id()));
    assertEquals(List.of("joined ada", "joined bob"), chronicle.words());
    assertEquals(List.of(), bob.all(Notice.Joined.class));
    ada.says(new Request.Admit("a2", bob.id()));
    chronicle.writesAll();
    assertEquals(1, bob.all(Notice.Joined.class).size());
    var carol = stage.person();
    carol.join("carol");
    carol.loses();
    stage.pass(Limits.DEFAULTS.resume().toMillis() + 500);
    assertEquals(List.of("joined ada", "joined bob"), chronicle.words());
  }

  @Test
  void tracksAreToldWhenTheyAreWrittenAndTheirChangesAfterThem() {
    stage.sfu().room(new RoomChange(null, 9, null, Topology.SFU, null, null, null));
    var ada = joined("ada");
    var bob = joined("bob");
    ada.clear();
    stage.up("t1", bob);
    stage.port.tells(new SfuEvent.TrackChanged("r", Stage.track("t1", bob, true)));
    assertEquals(List.of(), ada.notices());
    chronicle.writes();
    assertFalse(ada.only(Notice.TrackPublished.class).track().muted());
    assertTrue(ada.only(Notice.TrackChanged.class).track().muted());
    stage.port.tells(new SfuEvent.TrackDown("r", bob.id(), "t1"));
    assertEquals(List.of(), ada.all(Notice.TrackUnpublished.class));
    chronicle.writes();
    assertEquals(1, ada.all(Notice.TrackUnpublished.class).size());
    assertEquals(
        List.of("joined ada", "joined bob", "published t1", "unpublished t1"), chronicle.words());
  }

  @Test
  void anAgentIsInWhenItIsWritten() throws Exception {
    stage.sfu().room(new RoomChange(null, 9, null, Topology.SFU, null, null, null));
    var entering =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return stage.signaling.enter(
                    "r", "cam", null, ParticipantKind.ENCODER, new AgentListener() {});
              } catch (EntryRefused e) {
                throw new IllegalStateException(e);
              }
            });
    while (chronicle.facts.isEmpty()) {
      Thread.onSpinWait();
    }
    assertFalse(entering.isDone());
    assertEquals(List.of(), stage.port.all(SfuCommand.OpenPeer.class));
    chronicle.writesAll();
    assertEquals("r", entering.get().room());
    assertEquals(1, stage.port.all(SfuCommand.OpenPeer.class).size());
  }

  @Test
  void anAgentThatCannotBeWrittenIsRefused() {
    stage.sfu().room(new RoomChange(null, 9, null, Topology.SFU, null, null, null));
    var patience =
        Thread.ofVirtual()
            .start(
                () -> {
                  while (chronicle.facts.isEmpty()) {
                    Thread.onSpinWait();
                  }
                  stage.pass(Minutes.PATIENCE_MILLIS + 250);
                });
    var refused =
        assertThrows(
            EntryRefused.class,
            () ->
                stage.signaling.enter(
                    "r", "cam", null, ParticipantKind.ENCODER, new AgentListener() {}));
    assertEquals(ErrorCode.INTERNAL, refused.code());
    assertNotNull(patience);
  }
}
