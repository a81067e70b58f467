package dev.parley.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.config.ListenSettings;
import dev.parley.signal.IceServer;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class WiringTest {
  private static List<IceServer> told(List<String> advertise, int port, String host) {
    var settings =
        new ListenSettings(
            List.of(), advertise.stream().map(InetAddress::ofLiteral).toList(), port, 1, false);
    return new Wiring().iceServers(settings).forHost(host);
  }

  private static List<IceServer> stun(String... urls) {
    return List.of(new IceServer(List.of(urls), null, null));
  }

  @Test
  void aClientIsToldTheNameByWhichItCame() {
    assertEquals(stun("stun:meet.example.org"), told(List.of(), 3478, "meet.example.org"));
    assertEquals(stun("stun:[::1]:3479"), told(List.of(), 3479, "[::1]"));
  }

  @Test
  void advertisedAddressesGoBeforeTheName() {
    assertEquals(
        stun("stun:192.0.2.7", "stun:[2001:db8:0:0:0:0:0:1]"),
        told(List.of("192.0.2.7", "2001:db8::1"), 3478, "inside.example.org"));
  }

  @Test
  void whoNamedNoHostIsToldNothing() {
    assertEquals(List.of(), told(List.of(), 3478, null));
  }
}
