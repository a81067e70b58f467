package dev.parley.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.config.IdentitySettings;
import dev.parley.config.LiveTurnSettings;
import dev.parley.config.Secrets;
import dev.parley.identity.IdentityRefused.Reason;
import dev.parley.lab.Database;
import dev.parley.lab.GivenSecrets;
import dev.parley.lab.RecordedTurn;
import dev.parley.lab.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Database.Kind.class)
class AccountsTest {
  private static final String PASSWORD = "correct horse";
  private static final IdentitySettings SETTINGS = GivenSecrets.settings(GivenSecrets.MASTER);

  private final Database.Kind kind;
  private static final LiveTurnSettings TURN =
      RecordedTurn.settings(Map.of("parley.turn.tenants", "acme=192.0.2.1"));

  private final RecordedTurn turn = new RecordedTurn();
  private final SettableClock clock = new SettableClock();
  private final Secrets secrets = GivenSecrets.of();
  private Database database;
  private Accounts accounts;
  private Logins logins;

  AccountsTest(Database.Kind kind) {
    this.kind = kind;
  }

  @BeforeEach
  void open() {
    database = Database.fresh(kind);
    accounts = new Accounts(database, clock, turn.revocations(database, TURN, clock));
    logins = new Logins(secrets, database, clock);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private static void refuses(Reason reason, Executable call) {
    assertEquals(reason, assertThrows(IdentityRefused.class, call).reason());
  }

  @Test
  void makesTheFirstAdministratorOnce() throws IdentityRefused {
    FirstAdmin first = new FirstAdmin(accounts, SETTINGS);
    FirstAdmin.Made made = first.ensure().orElseThrow();
    String password = made.password().orElseThrow();
    assertTrue(password.matches("([a-z2-9]{4}-){3}[a-z2-9]{4}"));
    assertFalse(made.toString().contains(password));
    Logins.Login login = logins.login("admin", password, "here").login();
    assertEquals(Role.ADMIN, login.account().role());
    assertEquals(Optional.empty(), first.ensure());
  }

  @Test
  void takesTheFirstPasswordFromTheSettings() throws IdentityRefused {
    IdentitySettings given =
        new IdentitySettings(Map.of(), Optional.empty(), Optional.of(PASSWORD));
    FirstAdmin.Made made = new FirstAdmin(accounts, given).ensure().orElseThrow();
    assertEquals(Optional.empty(), made.password());
    logins.login("admin", PASSWORD, "here");
  }

  @Test
  void keepsAnAccountAsItWasMade() throws IdentityRefused {
    TimeZone before = TimeZone.getDefault();
    AccountView made = accounts.create("ada", "Ada Lovelace", PASSWORD, Role.HOST);
    try {
      // An instant must not depend on where the server believes to be.
      TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Chatham"));
      assertEquals(Optional.of(made), accounts.find("ada"));
    } finally {
      TimeZone.setDefault(before);
    }
    assertEquals(new AccountView("ada", "Ada Lovelace", Role.HOST, false, clock.instant()), made);
    assertEquals(List.of(made), accounts.list());
  }

  @Test
  void refusesAccountsThatAreNoGood() throws IdentityRefused {
    accounts.create("ada", null, PASSWORD, Role.MEMBER);
    refuses(Reason.ACCOUNT_EXISTS, () -> accounts.create("ada", null, PASSWORD, Role.MEMBER));
    for (String name : new String[] {null, "", "Ada", "a b", ".x", "guest-1", "x".repeat(65)}) {
      refuses(Reason.ACCOUNT_INVALID, () -> accounts.create(name, null, PASSWORD, Role.MEMBER));
    }
    refuses(Reason.ACCOUNT_INVALID, () -> accounts.create("bob", "a\nb", PASSWORD, Role.MEMBER));
    refuses(Reason.ACCOUNT_INVALID, () -> accounts.create("bob", null, PASSWORD, null));
    for (String password : new String[] {null, "", "1234567", "x".repeat(257)}) {
      refuses(
          Reason.PASSWORD_UNSUITABLE, () -> accounts.create("bob", null, password, Role.MEMBER));
    }
  }

  @Test
  void tellsNoDifferenceBetweenTheWaysALoginFails() throws IdentityRefused {
    accounts.create("root", null, PASSWORD, Role.ADMIN);
    accounts.create("ada", null, PASSWORD, Role.MEMBER);
    accounts.change("ada", null, null, true);
    List<String> messages =
        Stream.<Executable>of(
                () -> logins.login("root", "wrong horse", "here"),
                () -> logins.login("nobody", PASSWORD, "here"),
                () -> logins.login("ada", PASSWORD, "here"),
                () -> logins.login(null, PASSWORD, "here"),
                () -> logins.login("root", null, "here"),
                () -> logins.login("root", "x".repeat(257), "here"))
            .map(call -> assertThrows(IdentityRefused.class, call))
            .map(e -> e.reason() + e.getMessage())
            .distinct()
            .toList();
    assertEquals(1, messages.size());
  }

  @Test
  void throttlesFailuresButNotSomebodyElsewhere() throws IdentityRefused {
    accounts.create("ada", null, PASSWORD, Role.MEMBER);
    for (int i = 0; i < 10; i++) {
      refuses(Reason.LOGIN_REFUSED, () -> logins.login("ada", "wrong horse", "there"));
    }
    refuses(Reason.LOGIN_THROTTLED, () -> logins.login("ada", PASSWORD, "there"));
    logins.login("ada", PASSWORD, "here");
    clock.pass(Duration.ofSeconds(30));
    logins.login("ada", PASSWORD, "there");
  }

  @Test
  void endsALoginWithItsTimeItsPasswordItsAccount() throws IdentityRefused {
    accounts.create("root", null, PASSWORD, Role.ADMIN);
    accounts.create("ada", null, PASSWORD, Role.MEMBER);
    String first = logins.login("ada", PASSWORD, "here").token();
    assertEquals("ada", logins.find(first).orElseThrow().account().name());
    accounts.changePassword("ada", "another horse");
    assertEquals(Optional.empty(), logins.find(first));

    String second = logins.login("ada", "another horse", "here").token();
    accounts.change("ada", null, null, true);
    assertEquals(Optional.empty(), logins.find(second));
    accounts.change("ada", null, null, false);
    assertTrue(logins.find(second).isPresent());
    clock.pass(Logins.LIFETIME);
    assertEquals(Optional.empty(), logins.find(second));
    assertEquals(Optional.empty(), logins.find("nonsense"));
    refuses(Reason.ACCOUNT_NOT_FOUND, () -> accounts.changePassword("bob", PASSWORD));
  }

  @Test
  void takesNoAccessTokenForALoginNorALoginForAnAccessToken() throws Exception {
    accounts.create("ada", null, PASSWORD, Role.MEMBER);
    Tokens tokens = new Tokens(new ApiKeys(secrets, database, clock), clock);
    String login = logins.login("ada", PASSWORD, "here").token();
    assertThrows(TokenRefused.class, () -> tokens.verify(login));
    Grant grant = Grant.join("ada", "Ada", "x", true, clock.instant().plusSeconds(60));
    assertEquals(Optional.empty(), logins.find(tokens.mint(grant)));
  }

  @Test
  void hashesAgainWhatWasHashedTooWeakly() throws IdentityRefused {
    accounts.create("ada", null, PASSWORD, Role.MEMBER);
    String weak = PasswordHash.ofCost(PASSWORD, 64);
    database.call(
        entities -> {
          Account ada = Accounts.account(entities, "ada").orElseThrow();
          ada.rehash(ada.passwordHash(), weak);
          return null;
        });
    String token = logins.login("ada", PASSWORD, "here").token();
    String stored =
        database.call(entities -> Accounts.account(entities, "ada").orElseThrow().passwordHash());
    assertFalse(PasswordHash.isWeak(stored));
    assertTrue(PasswordHash.matches(PASSWORD, stored));
    assertTrue(logins.find(token).isPresent());
  }

  @Test
  void keepsTheLastAdministrator() throws IdentityRefused {
    accounts.create("root", null, PASSWORD, Role.ADMIN);
    accounts.create("ada", null, PASSWORD, Role.MEMBER);
    refuses(Reason.LAST_ADMIN, () -> accounts.delete("root"));
    refuses(Reason.LAST_ADMIN, () -> accounts.change("root", null, Role.HOST, null));
    refuses(Reason.LAST_ADMIN, () -> accounts.change("root", null, null, true));
    assertEquals(Role.ADMIN, accounts.find("root").orElseThrow().role());
    accounts.change("ada", "Ada", Role.ADMIN, null);
    accounts.delete("root");
    assertEquals(List.of("ada"), accounts.list().stream().map(AccountView::name).toList());
  }

  @Test
  void keepsOneOfTwoAdministratorsWhoDeleteEachOtherAtOnce() throws Exception {
    for (int round = 0; round < 3; round++) {
      accounts.create("a" + round, null, PASSWORD, Role.ADMIN);
      accounts.create("b" + round, null, PASSWORD, Role.ADMIN);
      for (AccountView other : accounts.list()) {
        if (!other.name().endsWith(String.valueOf(round))) {
          accounts.delete(other.name());
        }
      }
      CyclicBarrier door = new CyclicBarrier(2);
      try (var threads = Executors.newFixedThreadPool(2)) {
        threads.invokeAll(List.of(deletes("a" + round, door), deletes("b" + round, door)));
      }
      assertEquals(1, accounts.list().size());
    }
  }

  private Callable<Boolean> deletes(String name, CyclicBarrier door) {
    return () -> {
      door.await();
      accounts.delete(name);
      return true;
    };
  }

  @Test
  void whoIsDisabledOrDeletedLosesItsRelayInEveryRealm() throws IdentityRefused {
    accounts.create("ada", null, PASSWORD, Role.ADMIN);
    accounts.create("bob", null, PASSWORD, Role.MEMBER);
    accounts.change("bob", "Bob", null, null);
    accounts.change("bob", null, null, false);
    assertEquals(List.of(), turn.revoked());
    accounts.change("bob", null, null, true);
    Instant until = clock.instant().plus(Duration.ofHours(12)).truncatedTo(ChronoUnit.SECONDS);
    List<TurnRevocationView> both =
        List.of(
            new TurnRevocationView("parley", "bob", null, until),
            new TurnRevocationView("acme", "bob", null, until));
    assertEquals(both, turn.revoked());
    accounts.delete("bob");
    assertEquals(both, turn.revoked().subList(2, 4));
    refuses(Reason.LAST_ADMIN, () -> accounts.delete("ada"));
    assertEquals(4, turn.revoked().size(), "a refused deletion ends nothing");
  }
}
