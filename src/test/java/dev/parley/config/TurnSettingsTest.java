package dev.parley.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.config.TurnSettings.Alternates;
import dev.parley.config.TurnSettings.Certificate;
import dev.parley.config.TurnSettings.OAuth;
import dev.parley.config.TurnSettings.OAuthKey;
import dev.parley.config.TurnSettings.Peers;
import dev.parley.config.TurnSettings.Ports;
import dev.parley.config.TurnSettings.Quota;
import dev.parley.config.TurnSettings.Quotas;
import dev.parley.config.TurnSettings.Tenant;
import dev.parley.lab.MapConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TurnSettingsTest {
  private static final String SECRET = "0123456789abcdef";
  private static final String KEY_128 = "AAECAwQFBgcICQoLDA0ODw==";

  private static TurnSettings with(String... pairs) {
    var values = new HashMap<String, String>();
    for (int i = 0; i < pairs.length; i += 2) {
      values.put(pairs[i], pairs[i + 1]);
    }
    return TurnSettings.read(new MapConfig(values));
  }

  @Test
  void needsNoSettingAtAll() {
    assertEquals(
        new TurnSettings(
            5349,
            Optional.empty(),
            new Ports(49152, 65535),
            "parley",
            List.of(),
            Duration.ofHours(12),
            new Peers(List.of(), List.of()),
            new Quotas(new Quota(50, 0, 0), new Quota(0, 0, 0), new Quota(0, 0, 0), 0),
            List.of(),
            List.of(),
            new OAuth(List.of(), Optional.empty()),
            new Alternates(List.of(), Optional.empty()),
            3479),
        with());
  }

  @Test
  void readsWhatIsSet() {
    assertEquals(
        new TurnSettings(
            443,
            Optional.of(new Certificate(Path.of("/tls/chain.pem"), Path.of("/tls/key.pem"))),
            new Ports(50000, 50999),
            "example.org",
            List.of(SECRET + "-new", SECRET + "-old"),
            Duration.ofMinutes(10),
            new Peers(List.of("10.1.0.0/16", "192.0.2.7/32"), List.of("2001:db8:0:0:0:0:0:0/32")),
            new Quotas(
                new Quota(10, 20, 1_000_000), new Quota(100, 0, 0), new Quota(0, 5000, 0), 125_000),
            List.of("198.51.100.0/24"),
            List.of(
                new Tenant("acme", List.of("192.0.2.1", "turn.acme.example")),
                new Tenant("other", List.of("192.0.2.2"))),
            new OAuth(
                List.of(new OAuthKey("north", "A128GCM", KEY_128)), Optional.of("auth.example")),
            new Alternates(
                List.of("192.0.2.9:3478", "[2001:db8::9]:3478"), Optional.of("turn.example.org")),
            0),
        with(
            "parley.turn.tls.port", "443",
            "parley.turn.tls.cert", "/tls/chain.pem",
            "parley.turn.tls.key", "/tls/key.pem",
            "parley.turn.relay.ports", "50000 - 50999",
            "parley.turn.realm", "example.org",
            "parley.turn.secret", SECRET + "-new, " + SECRET + "-old",
            "parley.turn.ttl", "600",
            "parley.turn.peers.allow", "10.1.0.0/16, 192.0.2.7",
            "parley.turn.peers.deny", "2001:db8::/32",
            "parley.turn.quota.user", "10/20/1000000",
            "parley.turn.quota.realm", "100",
            "parley.turn.quota.node", "0/5000",
            "parley.turn.bandwidth", "125000",
            "parley.turn.proxies", "198.51.100.0/24",
            "parley.turn.tenants", "acme=192.0.2.1|Turn.acme.example, other=192.0.2.2",
            "parley.turn.oauth.keys", "north:A128GCM:" + KEY_128,
            "parley.turn.oauth.server", "auth.example",
            "parley.turn.alternates", "192.0.2.9:3478, [2001:db8::9]:3478",
            "parley.turn.alternate.domain", "turn.example.org",
            "parley.turn.alternate.port", "0"));
  }

  @ParameterizedTest
  @CsvSource({
    "parley.turn.tls.port, 65536",
    "parley.turn.tls.key, /only/the/key.pem",
    "parley.turn.relay.ports, 50000",
    "parley.turn.relay.ports, 50001-50000",
    "parley.turn.relay.ports, 1000-2000",
    "parley.turn.relay.ports, 60000-70000",
    "parley.turn.realm, 'a:b'",
    "parley.turn.secret, short",
    "parley.turn.secret, '0123456789abcdef,short'",
    "parley.turn.ttl, 59",
    "parley.turn.ttl, 604801",
    "parley.turn.peers.allow, 10.0.0.0/33",
    "parley.turn.peers.allow, 10.0.0.0/-1",
    "parley.turn.peers.allow, example.org/8",
    "parley.turn.peers.deny, ::/129",
    "parley.turn.quota.user, many",
    "parley.turn.quota.user, 1/2/3/4",
    "parley.turn.quota.realm, -1",
    "parley.turn.quota.node, 4000000000",
    "parley.turn.bandwidth, fast",
    "parley.turn.proxies, everyone",
    "parley.turn.tenants, acme",
    "parley.turn.tenants, acme=",
    "parley.turn.tenants, 'acme=192.0.2.1,acme=192.0.2.2'",
    "parley.turn.tenants, parley=192.0.2.1",
    "parley.turn.tenants, 'acme=a b'",
    "parley.turn.oauth.keys, north:A128GCM",
    "parley.turn.oauth.keys, north:HS256:AAECAwQFBgcICQoLDA0ODw==",
    "parley.turn.oauth.keys, north:A256GCM:AAECAwQFBgcICQoLDA0ODw==",
    "parley.turn.oauth.keys, north:A128GCM:!AECAwQFBgcICQoLDA0ODw==",
    "parley.turn.alternates, 192.0.2.1",
    "parley.turn.alternates, 192.0.2.1:0",
    "parley.turn.alternates, turn.example.org:3478",
    "parley.turn.alternate.port, -1",
  })
  void refusesByKeyWithoutRepeatingSecrets(String key, String value) {
    var refused = assertThrows(IllegalArgumentException.class, () -> with(key, value));
    assertTrue(refused.getMessage().startsWith(key + " "), refused.getMessage());
    assertFalse(refused.getMessage().contains("AECAwQFBgcICQoLDA0ODw"), refused.getMessage());
    assertFalse(refused.getMessage().contains(SECRET), refused.getMessage());
  }

  @Test
  void aQuotaOfOctetsNeedsToKnowWhatOneAllocationTakes() {
    var refused =
        assertThrows(
            IllegalArgumentException.class, () -> with("parley.turn.quota.user", "5/0/1000"));
    assertTrue(refused.getMessage().startsWith("parley.turn.bandwidth "), refused.getMessage());
  }

  @Test
  void withoutASecretTheInstallationsOwnHoldsAndStays(@TempDir Path data) {
    var identity = new IdentitySettings(Map.of(), Optional.empty(), Optional.empty());
    List<String> first = with().secrets(Secrets.open(new DataSettings(data), identity), "parley");
    assertEquals(1, first.size());
    assertTrue(first.getFirst().length() >= 43);
    assertEquals(first, with().secrets(Secrets.open(new DataSettings(data), identity), "parley"));
    assertEquals(
        List.of(SECRET),
        with("parley.turn.secret", SECRET)
            .secrets(Secrets.open(new DataSettings(data), identity), "parley"));
  }

  /// `printf realm:acme | openssl dgst -sha256 -hmac 0123456789abcdef -binary | basenc
  /// --base64url`, without padding.
  @Test
  void aTenantHasASecretOfItsOwnMadeOfEachSharedOne(@TempDir Path data) {
    var identity = new IdentitySettings(Map.of(), Optional.empty(), Optional.empty());
    Secrets installation = Secrets.open(new DataSettings(data), identity);
    TurnSettings settings = with("parley.turn.secret", SECRET + "," + SECRET + "-old");
    List<String> acme = settings.secrets(installation, "acme");
    assertEquals("WUW31Dz06Mnq_MpkDP0-XYKGm5QHfcmD3_BRMr2uU44", acme.getFirst());
    assertEquals(2, acme.size());
    assertFalse(acme.contains(settings.secrets(installation, "other").getFirst()));
  }

  @Test
  void aReloadTellsWhatHoldsNowAndWhatNeedsARestart() {
    var values = new HashMap<String, String>();
    var live = new LiveTurnSettings(() -> TurnSettings.read(new MapConfig(values)));
    TurnSettings before = live.now();
    assertEquals(new LiveTurnSettings.Reload(List.of(), List.of()), live.reload());
    values.put("parley.turn.secret", SECRET);
    values.put("parley.turn.relay.ports", "50000-50999");
    assertEquals(
        new LiveTurnSettings.Reload(
            List.of("parley.turn.secret"), List.of("parley.turn.relay.ports")),
        live.reload());
    assertEquals(List.of(SECRET), live.now().secrets());
    assertEquals(before.relayPorts(), live.now().relayPorts());
    values.put("parley.turn.secret", "short");
    assertThrows(IllegalArgumentException.class, live::reload);
    assertEquals(List.of(SECRET), live.now().secrets());
  }

  @Test
  void everyKeyIsComparedAtAReload() {
    assertEquals(
        Stream.of(Key.values())
            .filter(key -> key.key().startsWith("parley.turn."))
            // The port belongs to the listen settings, the key file to the certificate.
            .filter(key -> key != Key.TURN_PORT && key != Key.TURN_TLS_KEY)
            .collect(Collectors.toSet()),
        Stream.of(TurnChange.values()).map(TurnChange::key).collect(Collectors.toSet()));
  }

  @Test
  void showsNoSecretInItsTexts() {
    String text =
        with("parley.turn.secret", SECRET, "parley.turn.oauth.keys", "k:A128GCM:" + KEY_128)
            .toString();
    assertFalse(text.contains(SECRET) || text.contains(KEY_128), text);
  }
}
