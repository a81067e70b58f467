package dev.parley.identity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.config.LiveTurnSettings;
import dev.parley.config.Secrets;
import dev.parley.identity.IdentityRefused.Reason;
import dev.parley.lab.Database;
import dev.parley.lab.GivenSecrets;
import dev.parley.lab.RecordedTurn;
import dev.parley.lab.SettableClock;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Database.Kind.class)
class TurnUsersTest {
  private static final String PASSWORD = "correct horse";

  private final Database.Kind kind;
  private final SettableClock clock = new SettableClock();
  private final RecordedTurn turn = new RecordedTurn();
  private final LiveTurnSettings settings =
      RecordedTurn.settings(Map.of("parley.turn.tenants", "example.org=192.0.2.1"));
  private Database database;
  private TurnUsers users;

  TurnUsersTest(Database.Kind kind) {
    this.kind = kind;
  }

  @BeforeEach
  void open() {
    database = Database.fresh(kind);
    users = users(GivenSecrets.MASTER);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private TurnUsers users(String master) {
    Secrets secrets = GivenSecrets.of(master);
    return new TurnUsers(database, new TurnRealms(settings), turn, secrets, clock);
  }

  private static void refuses(Reason reason, Executable call) {
    assertEquals(reason, assertThrows(IdentityRefused.class, call).reason());
  }

  /// The username of RFC 8489, appendix B.1; keys as `md5sum` and `sha256sum` make them.
  @Test
  void aUserIsFoundByNameAndByHash() throws IdentityRefused {
    String matrix = "\u30de\u30c8\u30ea\u30c3\u30af\u30b9";
    users.create("example.org", matrix, "TheMatrIX");
    byte[] hash =
        HexFormat.of().parseHex("4a3cf38fef6992bda952c6780417da0f24819415569e60b205c46e41407f1704");
    TurnKeys found = users.keys("example.org", null, hash).orElseThrow();
    assertEquals(matrix, found.username());
    assertArrayEquals(HexFormat.of().parseHex("e8ca7ad59d5eb0518e312911d2dab2a9"), found.md5());
    assertArrayEquals(
        HexFormat.of().parseHex("dd295a613b9058c3c23d6dc7165bda072304d989c9d0af3a8c7e184b4f9bb4a1"),
        found.sha256());
    assertArrayEquals(found.md5(), users.keys("example.org", matrix, null).orElseThrow().md5());
    assertTrue(users.keys("parley", matrix, null).isEmpty(), "a realm has its own users");
    assertTrue(users.keys("example.org", matrix + "x", null).isEmpty());
  }

  @Test
  void aPasswordIsMadeUpWhereNoneIsGivenAndShownOnce() throws IdentityRefused {
    TurnUsers.Made made = users.create(null, "gateway", null);
    assertEquals(24, made.password().length());
    assertEquals("parley", made.user().realm());
    assertEquals(List.of(made.user()), users.list());
    assertFalse((made + "" + users.list()).contains(made.password()));
  }

  @Test
  void keysInTheDatabaseAreWorthlessWithoutTheMasterSecret() throws Exception {
    UUID id = users.create(null, "gateway", PASSWORD).user().id();
    String md5 = HexFormat.of().formatHex(TurnNames.md5("gateway", "parley", PASSWORD));
    try (var connection = database.source().getConnection();
        var row = connection.createStatement().executeQuery("select sealed_keys from turn_user")) {
      assertTrue(row.next());
      String stored = HexFormat.of().formatHex(Base64.getDecoder().decode(row.getString(1)));
      assertFalse(stored.contains(md5), "the key lies open");
    }
    TurnUsers elsewhere = users(GivenSecrets.MASTER + "another");
    assertThrows(IllegalStateException.class, () -> elsewhere.keys("parley", "gateway", null));
    users.delete(id);
  }

  @Test
  void aDisabledUserHasNoKeysAndLosesItsAllocations() throws IdentityRefused {
    UUID id = users.create(null, "gateway", PASSWORD).user().id();
    assertFalse(users.enable(id, false).enabled());
    assertTrue(users.keys("parley", "gateway", null).isEmpty());
    assertEquals(
        List.of(new TurnRevocationView("parley", "gateway", null, clock.instant().plusSeconds(5))),
        turn.revoked());
    assertTrue(users.enable(id, true).enabled());
    assertTrue(users.keys("parley", "gateway", null).isPresent());
    assertEquals(1, turn.revoked().size());
  }

  @Test
  void aNewPasswordEndsWhatTheOldOneAllocated() throws IdentityRefused {
    UUID id = users.create(null, "gateway", PASSWORD).user().id();
    byte[] old = users.keys("parley", "gateway", null).orElseThrow().md5();
    String fresh = users.changePassword(id, null).password();
    byte[] now = users.keys("parley", "gateway", null).orElseThrow().md5();
    assertArrayEquals(TurnNames.md5("gateway", "parley", fresh), now);
    assertFalse(Arrays.equals(old, now));
    assertEquals(1, turn.revoked().size());
  }

  @Test
  void aDeletedUserIsGone() throws IdentityRefused {
    UUID id = users.create(null, "gateway", PASSWORD).user().id();
    users.delete(id);
    assertEquals(List.of(), users.list());
    assertEquals(1, turn.revoked().size());
    refuses(Reason.TURN_USER_NOT_FOUND, () -> users.delete(id));
    refuses(Reason.TURN_USER_NOT_FOUND, () -> users.enable(id, true));
    refuses(Reason.TURN_USER_NOT_FOUND, () -> users.changePassword(id, null));
  }

  @Test
  void whatIsNoUserIsRefused() throws IdentityRefused {
    users.create(null, "gateway", PASSWORD);
    refuses(Reason.TURN_USER_EXISTS, () -> users.create("parley", "gateway", PASSWORD));
    users.create("example.org", "gateway", PASSWORD);
    refuses(Reason.TURN_INVALID, () -> users.create("elsewhere", "x", PASSWORD));
    refuses(Reason.TURN_INVALID, () -> users.create(null, "", PASSWORD));
    refuses(Reason.TURN_INVALID, () -> users.create(null, "a\tb", PASSWORD));
    refuses(Reason.TURN_INVALID, () -> users.create(null, "1767323045:ada", PASSWORD));
    refuses(Reason.PASSWORD_UNSUITABLE, () -> users.create(null, "x", "short"));
  }
}
