package dev.parley.door.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.parley.identity.AccountView;
import dev.parley.identity.Grant;
import dev.parley.identity.Role;
import dev.parley.media.RoomMedia;
import dev.parley.room.RoomChange;
import dev.parley.room.RoomRefused;
import dev.parley.signal.RoomsInMemory;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Who is shown the media of which room.
class MediaResourceTest {
  private static final Instant LATER = Instant.parse("2026-01-02T03:04:05Z");
  private static final RoomMedia SOME =
      new RoomMedia(
          List.of(
              new RoomMedia.Peer(
                  "p", "ann", "connected", null, null, null, 5.0, "excellent", 0.0, 0.0)),
          List.of(),
          List.of());

  private final MediaResource resource = new MediaResource();
  private final List<String> asked = new ArrayList<>();
  private Optional<RoomMedia> found = Optional.of(SOME);

  MediaResourceTest() throws RoomRefused {
    resource.rooms = new RoomsInMemory();
    resource.rooms.create("daily", RoomChange.NONE);
    resource.desk =
        name -> {
          asked.add(name);
          return found;
        };
  }

  private RoomMedia shown(Caller caller, String room) throws RoomRefused {
    resource.callers =
        new Callers() {
          @Override
          Caller of(HttpHeaders headers) {
            return caller;
          }
        };
    return resource.media(room);
  }

  private static Caller person(Role role) {
    return new Caller.Person(new AccountView("ada", "Ada", role, false, LATER));
  }

  private static Caller token(String room, boolean admin) {
    return new Caller.Bearer(Grant.join("app", "app", room, admin, LATER));
  }

  private int refused(Caller caller, String room) {
    return assertThrows(Refusal.class, () -> shown(caller, room)).status().getStatusCode();
  }

  @Test
  void whoModeratesARoomIsShownItsMedia() throws RoomRefused {
    assertEquals(SOME, shown(person(Role.ADMIN), "daily"));
    assertEquals(SOME, shown(person(Role.HOST), "daily"));
    assertEquals(SOME, shown(token("daily", true), "daily"));
    assertEquals(List.of("daily", "daily", "daily"), asked);
  }

  @Test
  void othersAreNotAndNoLoopIsAsked() {
    assertEquals(401, refused(new Caller.Nobody(), "daily"));
    assertEquals(403, refused(person(Role.MEMBER), "daily"));
    assertEquals(403, refused(token("daily", false), "daily"));
    assertEquals(403, refused(token("other", true), "daily"));
    assertEquals(List.of(), asked);
  }

  @Test
  void aRoomThatIsNotThereIsNotFoundByThoseWhoMayLook() {
    RoomRefused refused =
        assertThrows(RoomRefused.class, () -> shown(person(Role.ADMIN), "nowhere"));
    assertEquals(RoomRefused.Reason.ROOM_NOT_FOUND, refused.reason());
    assertEquals(401, refused(new Caller.Nobody(), "nowhere"));
    assertEquals(List.of(), asked);
  }

  @Test
  void aLoopThatDoesNotAnswerIsSaid() {
    found = Optional.empty();
    assertEquals(504, refused(person(Role.ADMIN), "daily"));
  }
}
