package dev.parley.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.parley.config.LiveTurnSettings;
import dev.parley.config.Secrets;
import dev.parley.identity.IdentityRefused.Reason;
import dev.parley.lab.GivenSecrets;
import dev.parley.lab.RecordedTurn;
import dev.parley.lab.SettableClock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TurnCredentialsTest {
  private static final String SECRET = "a-secret-of-sixteen-or-more";
  private static final Secrets SECRETS = GivenSecrets.of();

  private final SettableClock clock = new SettableClock();
  private final LiveTurnSettings settings =
      RecordedTurn.settings(
          Map.of(
              "parley.turn.secret",
              SECRET + ",an-older-secret-still-taken",
              "parley.turn.tenants",
              "acme=192.0.2.1|turn.acme.example|2001:db8::1"));
  private final TurnRealms realms = new TurnRealms(settings);
  private final TurnCredentials credentials = new TurnCredentials(settings, realms, SECRETS, clock);

  /// The password was computed by `openssl dgst -sha1 -hmac SECRET -binary | base64`.
  @Test
  void aCredentialIsWhatEveryTurnServerWithTheSecretComputes() throws IdentityRefused {
    var issued = credentials.issue(null, "ada", null);
    assertEquals("parley", issued.realm());
    assertEquals("1767366245:ada", issued.username());
    assertEquals("DP5CQF+/F8G/czAb5snpnpStvWQ=", issued.password());
    assertEquals(Duration.ofHours(12), issued.ttl());
    assertFalse(issued.toString().contains(issued.password()));
  }

  @Test
  void aShorterOneMayBeAskedFor() throws IdentityRefused {
    assertEquals(
        "1767323105:ada", credentials.issue(null, "ada", Duration.ofSeconds(60)).username());
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 0, 59, 43_201})
  void aLongerOrHopelesslyShortOneIsRefused(long seconds) {
    refuses(null, "ada", Duration.ofSeconds(seconds));
  }

  @Test
  void theSameNameHasAnotherPasswordInAnotherRealm() throws IdentityRefused {
    var here = credentials.issue("parley", "ada", null);
    var there = credentials.issue("acme", "ada", null);
    assertEquals(here.username(), there.username());
    assertFalse(here.password().equals(there.password()), "tenants share no credential");
    refuses("elsewhere", "ada", null);
  }

  @Test
  void aNameThatFitsIntoNoUsernameIsRefused() {
    refuses(null, "x".repeat(498), null);
    refuses(null, "a\nb", null);
  }

  @Test
  void theRealmFollowsFromTheNameByWhichAClientCame() {
    for (String host : new String[] {"192.0.2.1", "Turn.ACME.example", "[2001:db8:0::1]"}) {
      assertEquals("acme", realms.of(host), host);
    }
    for (String host : new String[] {null, "", "192.0.2.2", "acme.example", "[::1]"}) {
      assertEquals("parley", realms.of(host), host);
    }
  }

  private void refuses(String realm, String name, Duration ttl) {
    assertEquals(
        Reason.TURN_INVALID,
        assertThrows(IdentityRefused.class, () -> credentials.issue(realm, name, ttl)).reason());
  }
}
