package dev.parley.signal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.room.RoomChange;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JoiningTest {
  private final Stage stage = new Stage();

  @Test
  void tellsANewcomerWhoIsHereAndTheOthersWhoCame() {
    var ann = stage.joined("ann+admin");
    var bob = stage.person();
    bob.join(null);
    var joined = bob.only(Notice.Joined.class);
    assertEquals("1", joined.ref());
    assertEquals(List.of(ann.id()), joined.participants().stream().map(p -> p.id()).toList());
    assertEquals(List.of("stun:host.test"), joined.iceServers().getFirst().urls());
    assertTrue(joined.self().guest());
    assertTrue(joined.self().audio());
    assertEquals(joined.self(), ann.only(Notice.ParticipantJoined.class).participant());
    assertEquals(2, stage.signaling.present("r").size());
    assertEquals(new Traffic(2, 1, 2, 0, 0), stage.signaling.traffic());
  }

  @Test
  void numbersKeptNoticesFromOne() {
    var ann = stage.person();
    ann.join("ann");
    stage.joined("bob");
    ann.says(new Request.Ping("7", 1));
    assertEquals(List.of(1L, 2L, 0L), ann.heard.stream().map(h -> h.seq()).toList());
  }

  @Test
  void refusesBadCredentialsAndLeavesNothingBehind() {
    var eve = stage.person();
    eve.join("expired");
    eve.refusedWith(ErrorCode.TOKEN_EXPIRED);
    assertEquals(CloseReason.CREDENTIALS, eve.closed);
    assertTrue(stage.rooms.list().isEmpty());
    assertEquals(0, stage.signaling.traffic().meetings());
  }

  @Test
  void refusesARoomThatIsNotThere() {
    var ann = stage.person("no-room");
    ann.join("ann");
    ann.refusedWith(ErrorCode.ROOM_NOT_FOUND);
    assertEquals(CloseReason.NO_ROOM, ann.closed);
  }

  @Test
  void saysInternalWhereTheRoomsFail() {
    var ann = stage.person();
    ann.join("broken");
    ann.refusedWith(ErrorCode.INTERNAL);
    assertEquals(CloseReason.FAILED, ann.closed);
  }

  @Test
  void closesWhoeverAsksForSomethingElseFirst() {
    var ann = stage.person();
    ann.says(new Request.Ping(null, -1));
    ann.open();
    ann.says(new Request.Leave("x"));
    ann.refusedWith(ErrorCode.NOT_JOINED);
    assertEquals(CloseReason.BAD_REQUEST, ann.closed);
    ann.join("ann");
    assertEquals(0, stage.rooms.asked.get());
  }

  @Test
  void closesWhoeverDoesNotJoinInTime() {
    var ann = stage.person();
    stage.pass(9_750);
    ann.open();
    stage.pass(500);
    ann.refusedWith(ErrorCode.BAD_REQUEST);
    assertEquals(CloseReason.BAD_REQUEST, ann.closed);
  }

  @Test
  void refusesASecondJoinAndStaysOpen() {
    var ann = stage.joined("ann");
    ann.join("ann");
    ann.refusedWith(ErrorCode.ALREADY_JOINED);
    ann.open();
  }

  @Test
  void refusesMoreThanTheRoomHolds() {
    stage.room(new RoomChange(null, 2, null, null, null, null, null));
    stage.joined("ann");
    stage.joined("bob");
    var eve = stage.person();
    eve.join("eve");
    eve.refusedWith(ErrorCode.ROOM_FULL);
    assertEquals(CloseReason.FULL, eve.closed);
  }

  @Test
  void theNewestOfAnIdentityWinsEvenInAFullRoom() {
    stage.room(new RoomChange(null, 2, null, null, null, null, true));
    var mod = stage.joined("mod+admin");
    var old = stage.joined("ann+admin");
    mod.clear();
    var ann = stage.joined("ann");
    assertEquals(new Notice.Removed(Departure.REPLACED, null), old.notices().getLast());
    assertEquals(CloseReason.REPLACED, old.closed);
    assertEquals(
        new Notice.ParticipantLeft(old.id(), Departure.REPLACED), mod.notices().getFirst());
    assertEquals(ann.id(), mod.only(Notice.ParticipantJoined.class).participant().id());
    old.loses();
    assertEquals(2, stage.signaling.present("r").size());
  }

  @Test
  void guestsNeverReplaceEachOther() {
    var one = stage.joined(null);
    stage.joined(null);
    one.open();
    assertEquals(2, stage.signaling.present("r").size());
  }

  @Test
  void aHiddenOneIsSeenByNobodyAndTakesNoSeat() {
    stage.room(new RoomChange(null, 1, null, null, null, null, null));
    var ann = stage.joined("ann");
    var recorder = stage.person();
    recorder.join("rec+hidden");
    assertEquals(1, recorder.only(Notice.Joined.class).participants().size());
    recorder.says(new Request.Leave(null));
    assertEquals(List.of(), ann.notices());
    assertEquals(1, stage.signaling.present("r").size());
  }

  @Test
  void leavingTellsTheOthersAndClosesWithAThousand() {
    var ann = stage.joined("ann");
    var bob = stage.joined("bob");
    ann.clear();
    bob.says(new Request.Leave("9"));
    assertEquals(new Notice.Left("9"), bob.notices().getLast());
    assertEquals(1000, bob.closed.code());
    assertEquals(List.of(new Notice.ParticipantLeft(bob.id(), Departure.LEFT)), ann.notices());
  }

  @Test
  void aRoomGoesWhenItsEmptyTimeoutIsOver() {
    var ann = stage.joined("ann");
    ann.says(new Request.Leave(null));
    stage.pass(59_000);
    assertTrue(stage.rooms.find("r").isPresent());
    stage.pass(1_000);
    assertTrue(stage.rooms.find("r").isEmpty());
    assertEquals(0, stage.signaling.traffic().meetings());
  }

  @Test
  void aJoinKeepsAnEmptyRoom() {
    stage.joined("ann").says(new Request.Leave(null));
    stage.pass(59_000);
    stage.joined("bob");
    stage.pass(50_000);
    assertTrue(stage.rooms.find("r").isPresent());
  }

  @Test
  void aRoomWithoutEmptyTimeoutStaysButItsMeetingEnds() {
    stage.room(new RoomChange(null, null, Duration.ZERO, null, null, null, null));
    stage.joined("ann").says(new Request.Leave(null));
    assertEquals(0, stage.signaling.traffic().meetings());
    stage.pass(600_000);
    assertTrue(stage.rooms.find("r").isPresent());
    stage.joined("ann");
  }

  @Test
  void anAdmissionThatTheEndOfItsRoomOvertookIsAskedForAnew() {
    stage.rooms.meanwhile =
        () -> {
          stage.rooms.meanwhile = () -> {};
          stage.rooms.delete("r");
          stage.signaling.closeRoom("r");
        };
    stage.joined("ann");
    assertEquals(2, stage.rooms.asked.get());
    assertTrue(stage.rooms.find("r").isPresent());
  }

  @Test
  void aSocketLostWhileTheRoomsThinkLeavesNobodyBehind() {
    var ann = stage.person();
    stage.rooms.meanwhile = ann::loses;
    ann.join("ann");
    assertTrue(stage.signaling.present("r").isEmpty());
    stage.pass(60_250);
    assertTrue(stage.rooms.find("r").isEmpty());
    assertEquals(new Traffic(0, 0, 0, 0, 0), stage.signaling.traffic());
  }

  @Test
  void closingARoomSendsEveryoneOut() {
    var ann = stage.joined("ann");
    stage.signaling.closeRoom("r");
    assertEquals(new Notice.Removed(Departure.CLOSED, null), ann.only(Notice.Removed.class));
    assertEquals(CloseReason.CLOSED, ann.closed);
    assertEquals(0, stage.signaling.traffic().meetings());
  }

  @Test
  void stoppingClosesTheJoinedTheNewAndTheLateAndWaitsUntilTheyAreGone() throws Exception {
    var ann = stage.joined("ann");
    var bob = stage.person();
    var stop = Thread.ofVirtual().start(stage.signaling::stop);
    assertFalse(stop.join(Duration.ofMillis(100)), "the sockets are there, and it came back");
    bob.loses();
    ann.loses();
    assertTrue(stop.join(Duration.ofSeconds(20)));
    var eve = stage.person();
    assertEquals(
        List.of(CloseReason.CLOSED, CloseReason.CLOSED, CloseReason.CLOSED),
        List.of(ann.closed, bob.closed, eve.closed));
  }

  @Test
  void idsAndSecretsDiffer() {
    var ann = stage.joined("ann");
    var bob = stage.joined("bob");
    assertEquals(4, Set.of(ann.id(), ann.secret, bob.id(), bob.secret).size());
    assertFalse(ann.only(Notice.ParticipantJoined.class).toString().contains(bob.secret));
    assertNull(ann.closed);
  }
}
