package dev.parley.door.livekit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.config.RoomSettings;
import dev.parley.config.Secrets;
import dev.parley.door.livekit.Gate.Verdict;
import dev.parley.identity.ApiKeys;
import dev.parley.identity.Tokens;
import dev.parley.lab.Database;
import dev.parley.lab.GivenSecrets;
import dev.parley.lab.SettableClock;
import dev.parley.lab.SignedToken;
import dev.parley.room.RoomChange;
import dev.parley.room.RoomRefused;
import dev.parley.room.StoredRooms;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What the gate says is what comes of the join: both ask the rooms.
class GateTest {
  private static final Verdict MISSING = new Verdict(404, "requested room does not exist");

  private final SettableClock clock = new SettableClock();
  private final Secrets secrets = GivenSecrets.of();
  private final Database database = Database.fresh(Database.Kind.H2);
  private StoredRooms rooms;

  @AfterEach
  void close() {
    database.close();
  }

  private Gate gate(boolean autoCreate) {
    var tokens = new Tokens(new ApiKeys(secrets, database, clock), clock);
    rooms = new StoredRooms(database, tokens, new RoomSettings(autoCreate), clock);
    return new Gate(new LiveKitDoor(null, tokens, clock, null), rooms);
  }

  private String token(String grants) {
    return SignedToken.join(
        GivenSecrets.KEY,
        GivenSecrets.SECRET,
        "standup",
        "anna",
        clock.instant().plus(Duration.ofMinutes(5)),
        grants);
  }

  private static Verdict asked(Gate gate, String token) {
    return gate.verdict("/rtc", Map.of("access_token", List.of(token)), null);
  }

  @Test
  void aMissingRoomIsNoneWhereNobodyMayMakeIt() throws RoomRefused {
    Gate gate = gate(false);
    assertEquals(MISSING, asked(gate, token("")));
    rooms.create("standup", RoomChange.NONE);
    assertEquals(Verdict.OPEN, asked(gate, token("")));
  }

  @Test
  void aTokenThatMayMakeRoomsOpensAMissingOne() throws RoomRefused {
    Gate gate = gate(false);
    String token = token(",\"roomCreate\":true");
    assertEquals(Verdict.OPEN, asked(gate, token));
    assertEquals(List.of(), rooms.list(), "asking makes nothing");
    assertEquals("standup", rooms.admit("standup", token, null).room().name());
  }

  @Test
  void whereRoomsMakeThemselvesEveryTokenOpensThem() {
    assertEquals(Verdict.OPEN, asked(gate(true), token("")));
  }
}
