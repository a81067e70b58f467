package dev.parley.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.lab.MapConfig;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  private static final Config NOTHING = new MapConfig(Map.of());
  private static final String SECRET = "0123456789abcdef0123456789abcdef";

  private static Config with(String key, String value) {
    return new MapConfig(Map.of(key, value));
  }

  @Test
  void needsNoSettingAtAll() {
    Path data = Path.of("parley-data").toAbsolutePath();
    assertEquals(new DataSettings(data), DataSettings.read(NOTHING));
    assertEquals(
        new DatabaseSettings(
            "org.h2.jdbcx.JdbcDataSource",
            "jdbc:h2:file:" + data + "/parley;WRITE_DELAY=0;TRACE_LEVEL_FILE=0",
            "sa",
            ""),
        DatabaseSettings.read(NOTHING));
    assertEquals(
        new ListenSettings(
            List.of(), List.of(), 3478, 7882, Runtime.getRuntime().availableProcessors(), false),
        ListenSettings.read(NOTHING));
    assertEquals(
        new MediaSettings(
            8,
            48,
            12_000_000,
            392,
            2_000,
            1_000,
            64,
            25,
            8,
            50_000,
            new MediaSettings.Data(64, 12_500_000, 2_000, 62_500_000)),
        MediaSettings.read(NOTHING));
    assertEquals(new RoomSettings(true), RoomSettings.read(NOTHING));
    assertEquals(
        new IdentitySettings(Map.of(), Optional.empty(), Optional.empty()),
        IdentitySettings.read(NOTHING));
    SignalSettings signal = SignalSettings.read(NOTHING);
    assertEquals(new Origins(Set.of()), signal.origins());
    assertEquals(Duration.ofSeconds(30), signal.resume());
    assertEquals(Duration.ofSeconds(20), signal.heartbeat());
  }

  @Test
  void readsWhatIsSet() throws Exception {
    Config config =
        new MapConfig(
            Map.of(
                "parley.data.dir", "/srv/parley",
                "parley.bind", "192.0.2.1, 2001:db8::1",
                "parley.advertise", "198.51.100.7",
                "parley.turn.port", "0",
                "parley.media.loops", "3",
                "parley.dev", "true",
                "parley.keys", "app:" + SECRET + ", other:" + SECRET + ":with-colon",
                "parley.rooms.auto-create", "false",
                "parley.ds.class", " ",
                "parley.signal.resume", "0"));
    assertEquals(
        new ListenSettings(
            List.of(InetAddress.ofLiteral("192.0.2.1"), InetAddress.ofLiteral("2001:db8::1")),
            List.of(InetAddress.ofLiteral("198.51.100.7")),
            0,
            7882,
            3,
            true),
        ListenSettings.read(config));
    assertEquals(
        Map.of("app", SECRET, "other", SECRET + ":with-colon"),
        IdentitySettings.read(config).keys());
    assertFalse(RoomSettings.read(config).autoCreate());
    assertTrue(DatabaseSettings.read(config).url().startsWith("jdbc:h2:file:/srv/parley/parley;"));
    assertEquals(Duration.ZERO, SignalSettings.read(config).resume());
  }

  @ParameterizedTest
  @CsvSource({
    "parley.turn.port, 65536",
    "parley.turn.port, many",
    "parley.media.port, 65536",
    "parley.media.loops, 0",
    "parley.bind, localhost",
    "parley.advertise, 0.0.0.0",
    "parley.dev, yes",
  })
  void refusesListenSettingsByTheirKey(String key, String value) {
    refuses(key, value, ListenSettings::read);
  }

  @ParameterizedTest
  @CsvSource({
    "parley.media.limit.participant, 8/48",
    "parley.media.limit.participant, 8/48/-1/256",
    "parley.media.limit.participant, 0/48/0/256",
    "parley.media.limit.participant, 8/4800000000/0/256",
    "parley.media.limit.room, 2000",
    "parley.media.limit.room, 0/1000",
    "parley.media.limit.data, 64/12500000/2000",
    "parley.media.limit.data, 0/12500000/2000/62500000",
    "parley.media.limit.data, 64/1000/2000/62500000",
    "parley.media.limit.data, 64/12500000/2000/3000000000",
    "parley.media.spread, 0",
    "parley.media.least-bitrate, 9999",
  })
  void refusesMediaLimitsByTheirKey(String key, String value) {
    refuses(key, value, MediaSettings::read);
  }

  @ParameterizedTest
  @ValueSource(strings = {"example.org", "https://a.example/path", "https://", "a b://c"})
  void refusesOriginsThatAreNone(String origin) {
    refuses("parley.origins", origin, SignalSettings::read);
  }

  @ParameterizedTest
  @CsvSource({
    "parley.keys, id",
    "parley.keys, :secret",
    "parley.keys, id:short",
    "parley.keys, i d:0123456789abcdef0123456789abcdef",
    "parley.keys, '~parley:0123456789abcdef0123456789abcdef'",
    "parley.keys, 'a:0123456789abcdef0123456789abcdef,a:0123456789abcdef0123456789abcdef'",
    "parley.secret, short",
    "parley.admin.password, short",
  })
  void refusesIdentitySettingsWithoutRepeatingSecrets(String key, String value) {
    String message = refuses(key, value, IdentitySettings::read);
    assertFalse(message.contains("0123456789abcdef"), message);
  }

  @Test
  void refusesADatabaseUrlThatDoesNotGoWithItsClass() {
    refuses("parley.ds.url", "jdbc:postgresql://127.0.0.1/parley", DatabaseSettings::read);
    refuses("parley.ds.url", "postgres://127.0.0.1/parley", DatabaseSettings::read);
    refuses("parley.data.dir", "/srv/a;INIT=b", DataSettings::read);
  }

  private static String refuses(String key, String value, Function<Config, ?> read) {
    Config config = with(key, value);
    var refused = assertThrows(IllegalArgumentException.class, () -> read.apply(config));
    assertTrue(refused.getMessage().startsWith(key + " "), refused.getMessage());
    return refused.getMessage();
  }

  @Test
  void showsNoSecretInItsTexts() {
    Config config =
        new MapConfig(
            Map.of(
                "parley.keys", "app:" + SECRET,
                "parley.secret", SECRET,
                "parley.admin.password", SECRET,
                "parley.ds.password", SECRET));
    assertFalse(IdentitySettings.read(config).toString().contains(SECRET));
    assertFalse(DatabaseSettings.read(config).toString().contains(SECRET));
  }

  @ParameterizedTest
  @CsvSource({
    "https://meet.example, meet.example, true",
    "http://localhost:8080, localhost:8080, true",
    "HTTPS://Meet.Example, meet.example, true",
    "https://app.example, meet.example, true",
    "https://evil.example, meet.example, false",
    "https://app.example.evil.example, meet.example, false",
    "https://meet.example:8443, meet.example, false",
    "null, meet.example, false",
    "ftp://meet.example, meet.example, false",
    ", meet.example, true",
    "https://meet.example, , false",
  })
  void allowsOwnAndListedOriginsOnly(String origin, String host, boolean allowed) {
    SignalSettings settings = SignalSettings.read(with("parley.origins", "https://APP.example"));
    assertEquals(allowed, settings.origins().allows(origin, host));
    assertTrue(SignalSettings.read(with("parley.origins", "*")).origins().allows(origin, host));
  }
}
