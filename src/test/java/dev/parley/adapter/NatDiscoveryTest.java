package dev.parley.adapter;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.adapter.AdapterSettings.Preference;
import dev.parley.engine.turn.Alternates;
import dev.parley.engine.turn.StunServer;
import dev.parley.lab.Foreign;
import dev.parley.lab.Ports;
import dev.parley.media.Counter;
import dev.parley.wire.Transport;
import dev.parley.wire.TransportAddress;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// RFC 5780 as coturn's client asks for it, from two addresses of the loopback, through both twins.
class NatDiscoveryTest {
  @ParameterizedTest
  @EnumSource(Preference.class)
  void coturnsClientFindsThatThereIsNoNat(Preference io) throws Exception {
    String client = Foreign.program("turnutils_natdiscovery", "coturn");
    InetAddress primary = InetAddress.getByName("127.0.0.1");
    InetAddress alternate = InetAddress.getByName("127.0.0.2");
    int port = Ports.free();
    int otherPort = Ports.free();
    Alternates alternates =
        new Alternates(
            List.of(
                new Alternates.Family(
                    TransportAddress.of(primary, port),
                    TransportAddress.of(alternate, otherPort))));
    List<Listener> listeners = new ArrayList<>();
    for (InetAddress address : List.of(primary, alternate)) {
      for (int one : List.of(port, otherPort)) {
        listeners.add(new Listener("udp", Transport.UDP, address, one, true));
      }
    }
    Service<Void> service =
        new Service<>(
            "stun",
            listeners,
            (octets, at, available) -> Framer.GARBAGE,
            (loop, effects, tally) -> new StunServer(effects, tally, alternates),
            (effect, loop) -> {});
    try (Running running = Running.start(Running.settings(io).loops(2), service)) {
      String said = run(client, "-m", "-f", "-p", String.valueOf(port), "127.0.0.1");
      assertTrue(said.contains("NAT with Endpoint Independent Mapping!"), said);
      assertTrue(said.contains("NAT with Endpoint Independent Filtering!"), said);
      String padded = run(client, "-m", "-f", "-P", "-p", String.valueOf(port), "127.0.0.1");
      assertTrue(padded.contains("No ALG: Mapped == XOR-Mapped"), padded);
      assertTrue(padded.contains("NAT with Endpoint Independent Filtering!"), padded);
      assertTrue(running.count(Counter.STUN_BINDING_SUCCESSES) >= 8);
      String lifetime = run(client, "-t", "-T", "1", "-p", String.valueOf(port), "127.0.0.1");
      assertTrue(lifetime.contains("RFC 5780 response 2"), lifetime);
    }
  }

  private static String run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes());
    process.waitFor();
    return said;
  }
}
