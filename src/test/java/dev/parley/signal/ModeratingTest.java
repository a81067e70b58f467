package dev.parley.signal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.room.Access;
import dev.parley.room.RoomChange;
import dev.parley.room.Topology;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModeratingTest {
  private final Stage stage = new Stage();

  private static RoomChange lobby() {
    return new RoomChange(null, null, null, null, null, true, null);
  }

  @Test
  void onlyModeratorsModerate() {
    var ann = stage.joined("ann");
    var bob = stage.joined("bob");
    for (var request :
        List.of(
            new Request.Remove("1", bob.id(), null),
            new Request.Mute("1", bob.id(), Medium.AUDIO),
            new Request.Lock("1", true),
            new Request.Admit("1", bob.id()),
            new Request.Deny("1", bob.id()),
            new Request.Configure("1", RoomChange.NONE))) {
      ann.clear();
      ann.says(request);
      ann.refusedWith(ErrorCode.NOT_ALLOWED);
    }
    bob.open();
  }

  @Test
  void removesSomeoneAndSaysWhy() {
    var mod = stage.joined("mod+admin");
    var bob = stage.joined("bob");
    mod.clear();
    mod.says(new Request.Remove("1", bob.id(), "spam"));
    assertEquals(new Notice.Removed(Departure.REMOVED, "spam"), bob.only(Notice.Removed.class));
    assertEquals(4003, bob.closed.code());
    assertEquals(
        List.of(new Notice.Ok("1"), new Notice.ParticipantLeft(bob.id(), Departure.REMOVED)),
        mod.notices());
    mod.clear();
    mod.says(new Request.Remove("2", bob.id(), null));
    mod.refusedWith(ErrorCode.PARTICIPANT_NOT_FOUND);
  }

  @Test
  void theOutsideRemovesByIdentity() {
    var bob = stage.joined("bob");
    assertTrue(stage.signaling.remove("r", "bob", null));
    assertEquals(CloseReason.REMOVED, bob.closed);
    assertFalse(stage.signaling.remove("r", "bob", null));
    assertFalse(stage.signaling.remove("nowhere", "bob", null));
  }

  @Test
  void asksSomeoneToMute() {
    var mod = stage.joined("mod+admin");
    var bob = stage.joined("bob");
    mod.says(new Request.Mute("1", bob.id(), Medium.VIDEO));
    assertEquals(List.of(new Notice.Mute(mod.id(), Medium.VIDEO, null)), bob.notices());
  }

  @Test
  void aLockedRoomTakesModeratorsOnly() {
    var mod = stage.joined("mod+admin");
    var ann = stage.joined("ann");
    mod.clear();
    mod.says(new Request.Lock("1", true));
    assertTrue(ann.only(Notice.RoomChanged.class).room().locked());
    assertEquals(new Notice.Ok("1"), mod.notices().getLast());
    var bob = stage.person();
    bob.join("bob");
    bob.refusedWith(ErrorCode.ROOM_LOCKED);
    assertEquals(CloseReason.LOCKED, bob.closed);
    stage.joined("other+admin");
    mod.says(new Request.Lock("2", false));
    stage.joined("bob");
  }

  @Test
  void configuresAndTellsEveryone() {
    var mod = stage.joined("mod+admin");
    var ann = stage.joined("ann");
    mod.says(
        new Request.Configure(
            "1",
            new RoomChange(
                "Title", 9, Duration.ofSeconds(5), Topology.MESH, Access.MEMBERS, true, null)));
    var room = ann.only(Notice.RoomChanged.class).room();
    assertEquals("Title", room.title());
    assertEquals(9, room.maxParticipants());
    assertEquals(room, stage.rooms.find("r").orElseThrow());
    assertEquals(room, mod.only(Notice.RoomChanged.class).room());
  }

  @Test
  void refusesSettingsThatTheRoomsRefuse() {
    var mod = stage.joined("mod+admin");
    mod.says(new Request.Configure("1", new RoomChange(null, 0, null, null, null, null, null)));
    assertEquals(
        List.of(new Notice.Error("1", ErrorCode.SETTING_INVALID, "at least one")), mod.notices());
    mod.open();
  }

  @Test
  void refusesTheSfuUntilThereIsOne() {
    var mod = stage.joined("mod+admin");
    mod.says(
        new Request.Configure(
            "1", new RoomChange(null, null, null, Topology.SFU, null, null, null)));
    mod.refusedWith(ErrorCode.SFU_UNAVAILABLE);
  }

  @Test
  void aChangeFromOutsideIsTold() throws Exception {
    var ann = stage.joined("ann");
    stage.signaling.roomChanged(stage.rooms.change("r", RoomChange.lock(true)));
    assertTrue(ann.only(Notice.RoomChanged.class).room().locked());
  }

  @Test
  void theLobbyHoldsPeopleUntilAModeratorAdmitsThem() {
    stage.room(lobby());
    var mod = stage.joined("mod+admin");
    var bob = stage.person();
    bob.join("bob");
    var waiting = bob.only(Notice.Waiting.class);
    assertEquals("1", waiting.ref());
    assertEquals(bob.id(), mod.only(Notice.Knock.class).participant().id());
    assertEquals(1, stage.signaling.present("r").size());
    bob.offers(mod, "\"\"");
    bob.refusedWith(ErrorCode.NOT_JOINED);
    bob.open();
    mod.clear();
    mod.says(new Request.Admit("2", bob.id()));
    assertEquals(
        List.of(mod.id()),
        bob.only(Notice.Joined.class).participants().stream().map(p -> p.id()).toList());
    assertEquals(
        List.of(Notice.Ok.class, Notice.KnockEnded.class, Notice.ParticipantJoined.class),
        mod.notices().stream().map(Object::getClass).toList());
  }

  @Test
  void aModeratorWhoComesLaterHearsWhoWaits() {
    stage.room(lobby());
    var bob = stage.person();
    bob.join("bob");
    var mod = stage.person();
    mod.join("mod+admin");
    assertEquals(bob.id(), mod.only(Notice.Knock.class).participant().id());
  }

  @Test
  void aModeratorDenies() {
    stage.room(lobby());
    var mod = stage.joined("mod+admin");
    var bob = stage.person();
    bob.join("bob");
    mod.clear();
    mod.says(new Request.Deny("2", bob.id()));
    assertEquals(new Notice.Removed(Departure.DENIED, null), bob.only(Notice.Removed.class));
    assertEquals(4003, bob.closed.code());
    assertEquals(List.of(new Notice.Ok("2"), new Notice.KnockEnded(bob.id())), mod.notices());
  }

  @Test
  void whoeverLeavesTheLobbyStopsKnocking() {
    stage.room(lobby());
    var mod = stage.joined("mod+admin");
    var bob = stage.person();
    bob.join("bob");
    bob.says(new Request.Leave(null));
    assertEquals(new Notice.KnockEnded(bob.id()), mod.notices().getLast());
    assertEquals(CloseReason.LEFT, bob.closed);
  }

  @Test
  void whoeverWaitsMayResumeAndLearnsThatItWasAdmitted() {
    stage.room(lobby());
    var mod = stage.joined("mod+admin");
    var bob = stage.person();
    bob.join("bob");
    bob.loses();
    mod.says(new Request.Admit("2", bob.id()));
    assertFalse(mod.only(Notice.ParticipantJoined.class).participant().connected());
    bob.resumes().only(Notice.Joined.class);
  }

  @Test
  void aFullRoomAdmitsNobodyFromTheLobby() {
    stage.room(new RoomChange(null, 1, null, null, null, true, null));
    var mod = stage.joined("mod+admin");
    var bob = stage.person();
    bob.join("bob");
    mod.clear();
    mod.says(new Request.Admit("2", bob.id()));
    mod.refusedWith(ErrorCode.ROOM_FULL);
    bob.open();
  }

  @Test
  void theLobbyIsNotEndless() {
    stage.room(lobby());
    for (int i = 0; i < Roster.LOBBY_SEATS; i++) {
      stage.person().join(null);
    }
    var one = stage.person();
    one.join(null);
    one.refusedWith(ErrorCode.ROOM_FULL);
  }
}
