package dev.parley.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.config.RoomSettings;
import dev.parley.config.Secrets;
import dev.parley.config.Transactions;
import dev.parley.identity.AccessToken;
import dev.parley.identity.ApiKeys;
import dev.parley.identity.Grant;
import dev.parley.identity.GrantDetails;
import dev.parley.identity.Invites;
import dev.parley.identity.Tokens;
import dev.parley.lab.Database;
import dev.parley.lab.GivenSecrets;
import dev.parley.lab.SettableClock;
import dev.parley.media.Encryption;
import dev.parley.room.RoomRefused.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Database.Kind.class)
class StoredRoomsTest {
  private static final RoomSettings OPEN_DOOR = new RoomSettings(true);

  private final Database.Kind kind;
  private final SettableClock clock = new SettableClock();
  private final Secrets secrets = GivenSecrets.of();
  private Database database;
  private StoredRooms rooms;

  StoredRoomsTest(Database.Kind kind) {
    this.kind = kind;
  }

  @BeforeEach
  void open() {
    database = Database.fresh(kind);
    rooms = rooms(database, OPEN_DOOR);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private StoredRooms rooms(Transactions transactions, RoomSettings settings) {
    ApiKeys keys = new ApiKeys(secrets, transactions, clock);
    return new StoredRooms(transactions, new Tokens(keys, clock), settings, clock);
  }

  private String token(String room, boolean admin) {
    return token(room, admin, GrantDetails.NONE);
  }

  private String token(String room, boolean admin, GrantDetails details) {
    return token(
        Grant.join("ada", "Ada", room, admin, clock.instant().plus(Duration.ofMinutes(5)))
            .details(details));
  }

  private String token(Grant grant) {
    return AccessToken.mint(
        grant,
        GivenSecrets.KEY,
        GivenSecrets.SECRET.getBytes(StandardCharsets.UTF_8),
        clock.instant());
  }

  private static void refuses(Reason reason, Executable call) {
    assertEquals(reason, assertThrows(RoomRefused.class, call).reason());
  }

  @Test
  void keepsEverySettingOfARoom() throws RoomRefused {
    RoomChange all =
        new RoomChange(
            " Daily stand-up ",
            12,
            Duration.ofDays(7),
            Topology.MESH,
            Access.OPEN,
            true,
            true,
            Encryption.REQUIRED,
            Duration.ofSeconds(20),
            "{\"colour\":\"blue\"}");
    RoomView made = rooms.create("daily", all);
    assertEquals(
        new RoomView(
            made.id(),
            "daily",
            "Daily stand-up",
            12,
            Duration.ofDays(7),
            Topology.MESH,
            Access.OPEN,
            true,
            true,
            Encryption.REQUIRED,
            Duration.ofSeconds(20),
            "{\"colour\":\"blue\"}",
            clock.instant()),
        made);
    assertEquals(Optional.of(made), rooms.find("daily"));
    assertEquals(List.of(made), rooms.list());
  }

  @Test
  void givesARoomMadeOnPurposeTheDefaults() throws RoomRefused {
    RoomView made = rooms.create("x", RoomChange.NONE);
    assertEquals(
        new RoomView(
            made.id(),
            "x",
            "x",
            50,
            Duration.ZERO,
            Topology.AUTO,
            Access.MEMBERS,
            false,
            false,
            Encryption.ALLOWED,
            Duration.ZERO,
            null,
            clock.instant()),
        made);
  }

  @Test
  void outlivesItsLastParticipantAsLongAsItWaitedForTheFirstUnlessToldOtherwise()
      throws RoomRefused {
    rooms.create("x", RoomChange.wished(null, Duration.ofSeconds(9), null, "m"));
    assertEquals(Duration.ofSeconds(9), rooms.find("x").orElseThrow().departureTimeout());
    rooms.change("x", RoomChange.wished(null, null, Duration.ZERO, ""));
    RoomView changed = rooms.find("x").orElseThrow();
    assertEquals(Duration.ZERO, changed.departureTimeout());
    assertEquals(Duration.ofSeconds(9), changed.emptyTimeout());
    assertEquals(null, changed.metadata());
  }

  @Test
  void aTokenSaysHowTheRoomIsThatIsMadeForIt() throws RoomRefused {
    GrantDetails wish = GrantDetails.NONE.roomConfig(new GrantDetails.RoomWish(60, 5, 7, "m"));
    RoomView made = rooms.admit("x", token("x", false, wish), null).room();
    assertEquals(Duration.ofSeconds(60), made.emptyTimeout());
    assertEquals(Duration.ofSeconds(5), made.departureTimeout());
    assertEquals(7, made.maxParticipants());
    assertEquals("m", made.metadata());
    GrantDetails other = GrantDetails.NONE.roomConfig(new GrantDetails.RoomWish(1, 1, 1, "n"));
    assertEquals(made, rooms.admit("x", token("x", false, other), null).room());
    GrantDetails silly = GrantDetails.NONE.roomConfig(new GrantDetails.RoomWish(1, 1, 501, "n"));
    refuses(Reason.SETTING_INVALID, () -> rooms.admit("y", token("y", false, silly), null));
  }

  @Test
  void aTokenThatMayMakeRoomsOpensOneWhereOthersMayNot() throws RoomRefused {
    StoredRooms strict = rooms(database, new RoomSettings(false));
    refuses(Reason.ROOM_NOT_FOUND, () -> strict.admit("x", token("x", true), null));
    Grant plain = Grant.join("ada", "Ada", "x", false, clock.instant().plus(Duration.ofMinutes(5)));
    Grant maker =
        new Grant(
            "ada",
            "Ada",
            "x",
            true,
            true,
            false,
            false,
            true,
            true,
            true,
            false,
            null,
            plain.expires());
    assertEquals("x", strict.admit("x", token(maker), null).room().name());
  }

  @Test
  void refusesNamesThatAreNoNames() {
    for (String name : List.of("", ".", "..", "a b", "a/b", "ä", "x".repeat(65))) {
      refuses(Reason.ROOM_NAME_INVALID, () -> rooms.create(name, RoomChange.NONE));
      refuses(Reason.ROOM_NAME_INVALID, () -> rooms.admit(name, null, null));
    }
  }

  @Test
  void thereIsNoRoomWhoseNameIsNoName() {
    for (String name : List.of("\0", "Ada", "\ud800")) {
      assertEquals(Optional.empty(), rooms.find(name));
      assertEquals(false, rooms.delete(name));
      refuses(Reason.ROOM_NOT_FOUND, () -> rooms.change(name, RoomChange.NONE));
    }
  }

  @Test
  void refusesSettingsOutOfRangeAndChangesNothing() throws RoomRefused {
    RoomView before = rooms.create("x", RoomChange.NONE);
    List<RoomChange> wrong =
        List.of(
            new RoomChange("new", 0, null, null, null, null, null),
            new RoomChange("new", 501, null, null, null, null, null),
            new RoomChange("new", null, Duration.ofSeconds(-1), null, null, null, null),
            new RoomChange("new", null, Duration.ofDays(8), null, null, null, null),
            new RoomChange(" ", 3, null, null, null, null, null),
            new RoomChange("a\nb", 3, null, null, null, null, null),
            RoomChange.wished(null, null, Duration.ofDays(8), null),
            RoomChange.metadata("m".repeat(64_001)),
            RoomChange.metadata("\0"));
    for (RoomChange change : wrong) {
      refuses(Reason.SETTING_INVALID, () -> rooms.change("x", change));
    }
    assertEquals(Optional.of(before), rooms.find("x"));
  }

  @Test
  void changesOnlyWhatIsNamed() throws RoomRefused {
    RoomView before = rooms.create("x", RoomChange.NONE);
    RoomView after = rooms.change("x", RoomChange.lock(true));
    assertTrue(after.locked());
    assertEquals(before.title(), after.title());
    assertEquals(Optional.of(after), rooms.find("x"));
    refuses(Reason.ROOM_NOT_FOUND, () -> rooms.change("y", RoomChange.NONE));
  }

  @Test
  void refusesASecondRoomOfAName() throws RoomRefused {
    rooms.create("x", RoomChange.NONE);
    refuses(Reason.ROOM_EXISTS, () -> rooms.create("x", RoomChange.NONE));
  }

  @Test
  void deletesARoomWithItsInvites() throws Exception {
    rooms.create("x", RoomChange.NONE);
    Invites invites = new Invites(database, clock);
    String code = invites.create("x", "ada", Duration.ofHours(1), null, false).code();
    assertTrue(rooms.delete("x"));
    assertFalse(rooms.delete("x"));
    rooms.create("x", RoomChange.NONE);
    Passes passes = passes(invites);
    refuses(Reason.INVITE_INVALID, () -> passes.forInvite("x", code, "Bob"));
  }

  private Passes passes(Invites invites) {
    Tokens tokens = new Tokens(new ApiKeys(secrets, database, clock), clock);
    return new Passes(rooms, invites, tokens, clock);
  }

  @Test
  void opensAMissingRoomToWhomItIsGranted() throws RoomRefused {
    Admission admission = rooms.admit("new", token("new", false), null);
    assertEquals(Duration.ofSeconds(300), admission.room().emptyTimeout());
    assertFalse(admission.guest());
    assertFalse(admission.moderator());
    assertTrue(rooms.admit("new", token("new", true), null).moderator());
    assertEquals(1, rooms.list().size());
  }

  @Test
  void leavesAMissingRoomMissingWhereTheSettingSaysSo() {
    StoredRooms closed = rooms(database, new RoomSettings(false));
    refuses(Reason.ROOM_NOT_FOUND, () -> closed.admit("new", token("new", true), null));
    assertEquals(List.of(), rooms.list());
  }

  @Test
  void refusesBadTokensWithoutTheDatabase() {
    Transactions none =
        new Transactions() {
          @Override
          public <T, X extends Exception> T call(Work<T, X> work) {
            throw new AssertionError("the database was asked");
          }
        };
    StoredRooms blind = rooms(none, OPEN_DOOR);
    String good = token("x", false);
    refuses(Reason.TOKEN_OTHER_ROOM, () -> blind.admit("y", good, null));
    refuses(Reason.TOKEN_MALFORMED, () -> blind.admit("x", "nonsense", null));
    refuses(
        Reason.TOKEN_SIGNATURE,
        () -> blind.admit("x", good.substring(0, good.length() - 6) + "AAAAAA", null));
    clock.pass(Duration.ofMinutes(5));
    refuses(Reason.TOKEN_EXPIRED, () -> blind.admit("x", good, null));
  }

  @Test
  void letsGuestsIntoOpenRoomsOnly() throws RoomRefused {
    refuses(Reason.ROOM_NOT_FOUND, () -> rooms.admit("x", null, "Bob"));
    rooms.create("x", RoomChange.NONE);
    refuses(Reason.TOKEN_MISSING, () -> rooms.admit("x", null, "Bob"));
    rooms.change("x", new RoomChange(null, null, null, null, Access.OPEN, null, null));
    Admission bob = rooms.admit("x", null, " Bob\u0000 ");
    Admission other = rooms.admit("x", "", null);
    assertTrue(bob.guest());
    assertFalse(bob.moderator());
    assertEquals("Bob", bob.grant().name());
    assertEquals("Guest", other.grant().name());
    assertFalse(bob.grant().identity().equals(other.grant().identity()));
  }

  @Test
  void makesOneRoomWhenManyComeAtOnce() throws Exception {
    List<Admission> admitted = atOnce(8, () -> rooms.admit("rush", token("rush", false), null));
    assertEquals(1, admitted.stream().map(a -> a.room().id()).distinct().count());
    assertEquals(1, rooms.list().size());
  }

  @Test
  void losesNoChangeWhenManyChangeAtOnce() throws Exception {
    rooms.create("x", RoomChange.NONE);
    atOnce(2, () -> rooms.change("x", RoomChange.lock(true)));
    assertTrue(rooms.find("x").orElseThrow().locked());
  }

  @Test
  void letsOneOfManyUseAnInviteForOne() throws Exception {
    rooms.create("x", RoomChange.NONE);
    Invites invites = new Invites(database, clock);
    String code = invites.create("x", "ada", Duration.ofHours(1), 1, true).code();
    Passes passes = passes(invites);
    List<Boolean> in =
        atOnce(
            6,
            () -> {
              try {
                return passes.forInvite("x", code, "Bob").grant().roomAdmin();
              } catch (RoomRefused e) {
                assertEquals(Reason.INVITE_INVALID, e.reason());
                return false;
              }
            });
    assertEquals(1, in.stream().filter(Boolean::booleanValue).count());
    assertEquals(0, invites.list("x").getFirst().remaining());
  }

  @Test
  void admitsWithThePassItHandedOut() throws Exception {
    rooms.create("x", RoomChange.NONE);
    Invites invites = new Invites(database, clock);
    String code = invites.create("x", "ada", Duration.ofHours(1), null, true).code();
    Passes.Pass pass = passes(invites).forInvite("x", code, "Bob");
    assertEquals(
        clock.instant().plus(Duration.ofHours(1)).getEpochSecond(),
        pass.grant().expires().getEpochSecond());
    Admission bob = rooms.admit("x", pass.token(), null);
    assertEquals(pass.grant(), bob.grant());
    assertTrue(bob.guest());
    assertTrue(bob.moderator());
  }

  private static <T> List<T> atOnce(int people, Callable<T> call) throws Exception {
    CyclicBarrier door = new CyclicBarrier(people);
    try (var threads = Executors.newFixedThreadPool(people)) {
      List<Future<T>> all =
          IntStream.range(0, people)
              .mapToObj(
                  i ->
                      threads.submit(
                          () -> {
                            door.await();
                            return call.call();
                          }))
              .toList();
      List<T> results = new java.util.ArrayList<>();
      for (Future<T> one : all) {
        results.add(one.get());
      }
      return results;
    }
  }
}
