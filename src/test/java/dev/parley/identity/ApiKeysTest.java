package dev.parley.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.parley.config.Secrets;
import dev.parley.config.Transactions;
import dev.parley.identity.TokenRefused.Reason;
import dev.parley.lab.Database;
import dev.parley.lab.GivenSecrets;
import dev.parley.lab.SettableClock;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Database.Kind.class)
class ApiKeysTest {
  private final Database.Kind kind;
  private final SettableClock clock = new SettableClock();
  private final AtomicInteger asked = new AtomicInteger();
  private final Secrets secrets = GivenSecrets.of();
  private Database database;
  private ApiKeys keys;
  private Tokens tokens;

  ApiKeysTest(Database.Kind kind) {
    this.kind = kind;
  }

  @BeforeEach
  void open() {
    database = Database.fresh(kind);
    keys = new ApiKeys(secrets, counting(), clock);
    tokens = new Tokens(keys, clock);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private Transactions counting() {
    return new Transactions() {
      @Override
      public <T, X extends Exception> T call(Work<T, X> work) throws X {
        asked.incrementAndGet();
        return database.call(work);
      }
    };
  }

  private String token(String key, String secret) {
    Grant grant = Grant.join("ada", "Ada", "x", false, clock.instant().plusSeconds(600));
    return AccessToken.mint(grant, key, secret.getBytes(StandardCharsets.UTF_8), clock.instant());
  }

  private void refuses(Reason reason, String token) {
    assertEquals(reason, assertThrows(TokenRefused.class, () -> tokens.join(token, "x")).reason());
  }

  @Test
  void takesTokensOfAKeyItMadeUntilItIsRevoked() throws Exception {
    ApiKeys.Made made = keys.create(" CRM ");
    assertEquals("CRM", made.key().label());
    assertFalse(made.toString().contains(made.secret()));
    String token = token(made.key().id(), made.secret());
    tokens.join(token, "x");
    keys.revoke(made.key().id());
    refuses(Reason.UNKNOWN_KEY, token);
    assertEquals(
        List.of(
            new ApiKeyView("app", "from the settings", null, null),
            new ApiKeyView(made.key().id(), "CRM", clock.instant(), clock.instant())),
        keys.list());
    assertThrows(IdentityRefused.class, () -> keys.revoke("app"));
    assertThrows(IdentityRefused.class, () -> keys.create(" "));
  }

  @Test
  void hearsWithinSecondsThatAnotherNodeRevokedAKey() throws Exception {
    ApiKeys.Made made = keys.create("CRM");
    String token = token(made.key().id(), made.secret());
    tokens.join(token, "x");
    new ApiKeys(secrets, database, clock).revoke(made.key().id());
    tokens.join(token, "x");
    clock.pass(ApiKeys.FRESH);
    refuses(Reason.UNKNOWN_KEY, token);
  }

  @Test
  void asksTheDatabaseOnceForManyTokensOfAKey() throws Exception {
    ApiKeys.Made made = keys.create("CRM");
    String token = token(made.key().id(), made.secret());
    asked.set(0);
    for (int i = 0; i < 100; i++) {
      tokens.join(token, "x");
    }
    assertEquals(1, asked.get());
  }

  @Test
  void asksTheDatabaseNothingForTokensItCanRefuse() {
    refuses(Reason.UNKNOWN_KEY, token("nobody", GivenSecrets.SECRET));
    for (int i = 0; i < 100; i++) {
      refuses(Reason.SIGNATURE, token("PK" + Texts.random(16), GivenSecrets.SECRET));
    }
    assertEquals(0, asked.get());
  }

  @Test
  void asksTheDatabaseNothingForKeysOfTheSettingsAndItsOwn() throws Exception {
    tokens.join(token(GivenSecrets.KEY, GivenSecrets.SECRET), "x");
    Grant grant = Grant.join("ada", "Ada", "x", true, clock.instant().plusSeconds(5));
    tokens.join(tokens.mint(grant), "x");
    assertEquals(0, asked.get());
  }
}
