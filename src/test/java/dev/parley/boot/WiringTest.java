package dev.parley.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.parley.config.ListenSettings;
import dev.parley.config.MediaSettings;
import dev.parley.config.SignalSettings;
import dev.parley.identity.TurnCredentials;
import dev.parley.identity.TurnRealms;
import dev.parley.lab.GivenSecrets;
import dev.parley.lab.MapConfig;
import dev.parley.lab.RecordedTurn;
import dev.parley.lab.SettableClock;
import dev.parley.media.DataLimits;
import dev.parley.signal.IceServer;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WiringTest {
  private static final Map<String, String> TLS =
      Map.of("parley.turn.tls.cert", "chain.pem", "parley.turn.tls.key", "key.pem");

  private static List<IceServer> told(
      List<String> advertise, int port, Map<String, String> turn, String host, String identity) {
    var listen =
        new ListenSettings(
            List.of(),
            advertise.stream().map(InetAddress::ofLiteral).toList(),
            port,
            7882,
            1,
            false);
    var secrets = GivenSecrets.of();
    var settings = RecordedTurn.settings(turn);
    var realms = new TurnRealms(settings);
    var credentials = new TurnCredentials(settings, realms, secrets, new SettableClock());
    return new Wiring().iceServers(listen, settings, realms, credentials).forHost(host, identity);
  }

  private static List<String> uris(
      List<String> advertise, int port, Map<String, String> turn, String host) {
    return told(advertise, port, turn, host, "ada").stream()
        .flatMap(server -> server.urls().stream())
        .toList();
  }

  @Test
  void participantsMaySendAsMuchDataAsTheSettingSays() {
    var config = new MapConfig(Map.of("parley.media.limit.data", "3/300000/40/5000000"));
    var limits =
        new Wiring().limits(SignalSettings.read(config), MediaSettings.read(config)).peer();
    assertEquals(new DataLimits(3, 300_000, 40), limits.data());
  }

  @Test
  void aClientIsToldTheNameByWhichItCame() {
    assertEquals(
        List.of(
            "stun:meet.example.org",
            "turn:meet.example.org?transport=udp",
            "turn:meet.example.org?transport=tcp"),
        uris(List.of(), 3478, Map.of(), "meet.example.org"));
    assertEquals(
        List.of(
            "stun:[::1]:3479", "turn:[::1]:3479?transport=udp", "turn:[::1]:3479?transport=tcp"),
        uris(List.of(), 3479, Map.of(), "[::1]"));
  }

  @Test
  void advertisedAddressesGoBeforeTheName() {
    assertEquals(
        List.of(
            "stun:192.0.2.7",
            "stun:[2001:db8:0:0:0:0:0:1]",
            "turn:192.0.2.7?transport=udp",
            "turn:[2001:db8:0:0:0:0:0:1]?transport=udp",
            "turn:192.0.2.7?transport=tcp",
            "turn:[2001:db8:0:0:0:0:0:1]?transport=tcp"),
        uris(List.of("192.0.2.7", "2001:db8::1"), 3478, Map.of(), "inside.example.org"));
  }

  @Test
  void withACertificateThereIsTlsByTheNameTheCertificateIsFor() {
    assertEquals(
        "turns:meet.example.org?transport=tcp",
        uris(List.of("192.0.2.7"), 3478, TLS, "meet.example.org").getLast());
    assertEquals(
        "turns:192.0.2.7?transport=tcp",
        uris(List.of("192.0.2.7"), 3478, TLS, "10.0.0.1").getLast());
  }

  @Test
  void everyNewcomerHasACredentialOfItsOwn() {
    IceServer turn = told(List.of(), 3478, Map.of(), "meet.example.org", "ada").getLast();
    assertEquals("1767366245:ada", turn.username());
    assertNotNull(turn.credential());
    IceServer other = told(List.of(), 3478, Map.of(), "meet.example.org", "bob").getLast();
    assertEquals("1767366245:bob", other.username());
  }

  @Test
  void whoseNameFitsIntoNoUsernameHasStunOnly() {
    assertEquals(1, told(List.of(), 3478, Map.of(), "meet.example.org", "x".repeat(600)).size());
  }

  @Test
  void whoNamedNoHostIsToldNothing() {
    assertEquals(List.of(), told(List.of(), 3478, Map.of(), null, "ada"));
  }
}
