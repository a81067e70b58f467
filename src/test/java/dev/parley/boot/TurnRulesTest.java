package dev.parley.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.config.DataSettings;
import dev.parley.config.DatabaseSettings;
import dev.parley.config.ListenSettings;
import dev.parley.config.Secrets;
import dev.parley.lab.GivenSecrets;
import dev.parley.lab.RecordedTurn;
import dev.parley.media.TurnPolicy;
import dev.parley.media.TurnQuota;
import dev.parley.wire.TransportAddress;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TurnRulesTest {
  private static final Secrets SECRETS = GivenSecrets.of();
  private static final DatabaseSettings H2 =
      DatabaseSettings.embedded(new DataSettings(Path.of("target")));

  private static final List<TransportAddress> MEDIA =
      List.of(at("192.0.2.1"), at("198.51.100.7"), at("127.0.0.1"));

  private static TransportAddress at(String host) {
    return TransportAddress.of(InetAddress.ofLiteral(host), 7882);
  }

  private static TurnPolicy policy(
      Map<String, String> settings, DatabaseSettings database, boolean dev) {
    var listen =
        new ListenSettings(
            List.of(), List.of(InetAddress.ofLiteral("198.51.100.7")), 3478, 7882, 1, dev);
    return new TurnRules(listen, database, SECRETS, List.of(InetAddress.ofLiteral("192.0.2.1")))
        .policy(RecordedTurn.settings(settings).now(), true, Set.of(8080), MEDIA);
  }

  @Test
  void byDefaultNobodySpecialIsAPeerAndOneUserHasFiftyAllocations() {
    TurnPolicy policy = policy(Map.of(), H2, false);
    assertEquals(List.of(), policy.allow());
    assertEquals(List.of(), policy.deny());
    assertEquals(TurnQuota.NONE, policy.node());
    assertTrue(policy.accepting());
    assertNull(policy.alternateDomain());
    assertEquals(1, policy.realms().size());
    var realm = policy.realms().getFirst();
    assertEquals("parley", realm.name());
    assertEquals(new TurnQuota(50, 0, 0), realm.user());
    assertEquals(1, realm.secrets().size());
    assertNull(realm.oauthServer());
  }

  @Test
  void ownListenersAndTheDatabaseAreGuarded() {
    assertEquals(
        List.of(
            "192.0.2.1:3478",
            "192.0.2.1:3479",
            "192.0.2.1:5349",
            "192.0.2.1:8080",
            "198.51.100.7:3478",
            "198.51.100.7:3479",
            "198.51.100.7:5349",
            "198.51.100.7:8080"),
        policy(Map.of(), H2, false).guarded());
    List<String> guarded =
        policy(
                Map.of(),
                new DatabaseSettings(
                    "org.postgresql.ds.PGSimpleDataSource",
                    "jdbc:postgresql://192.0.2.3,[2001:db8::3]:6432/parley?ssl=true",
                    "u",
                    ""),
                false)
            .guarded();
    assertEquals(
        List.of("192.0.2.3:5432", "[2001:db8:0:0:0:0:0:3]:6432"),
        guarded.subList(8, guarded.size()));
  }

  @Test
  void ownMediaIsAPeerThatOfTheLoopbackForDevelopersOnly() {
    assertEquals(
        List.of("192.0.2.1:7882", "198.51.100.7:7882"), policy(Map.of(), H2, false).media());
    assertEquals(
        List.of("127.0.0.1:7882", "192.0.2.1:7882", "198.51.100.7:7882"),
        policy(Map.of(), H2, true).media());
  }

  @Test
  void onlyDevelopersReachLoopback() {
    assertFalse(policy(Map.of(), H2, false).allow().contains("127.0.0.0/8"));
    assertEquals(
        List.of("10.0.0.0/8", "127.0.0.0/8", "::1/128"),
        policy(Map.of("parley.turn.peers.allow", "10.0.0.0/8"), H2, true).allow());
  }

  @Test
  void everyTenantIsARealmWithSecretsOfItsOwn() {
    TurnPolicy policy =
        policy(
            Map.of(
                "parley.turn.tenants", "acme=192.0.2.1,other=turn.other.example",
                "parley.turn.quota.realm", "7",
                "parley.turn.oauth.keys", "k:A128GCM:AAECAwQFBgcICQoLDA0ODw==",
                "parley.turn.oauth.server", "auth.example"),
            H2,
            false);
    assertEquals(
        List.of("parley", "acme", "other"), policy.realms().stream().map(r -> r.name()).toList());
    assertEquals(3, policy.realms().stream().flatMap(r -> r.secrets().stream()).distinct().count());
    for (var realm : policy.realms()) {
      assertEquals(new TurnQuota(7, 0, 0), realm.whole());
      assertEquals(16, realm.oauthKeys().getFirst().key().length);
      assertEquals("auth.example", realm.oauthServer());
    }
  }
}
