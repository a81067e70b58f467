package dev.parley.interop.turn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.lab.Foreign;
import dev.parley.lab.Nat;
import dev.parley.lab.NatTopology;
import dev.parley.lab.Program;
import dev.parley.lab.TurnHost;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// coturn's `turnutils_natdiscovery` asks Parley which NAT it is behind (RFC 5780) and hears the
/// truth.
class NatDiscoveryIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private static NatTopology topology;
  private static TurnHost server;
  private static final Map<Nat, Future<String>> SAID = new EnumMap<>(Nat.class);

  @BeforeAll
  static void start() {
    Foreign.program("turnutils_natdiscovery", "coturn");
    topology = NatTopology.make();
    server = TurnHost.start(TurnHost.Setup.in(topology.internet(), NatTopology.SERVERS, null));
    // The program waits most of its time; all kinds at once take as long as one.
    try (var together = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Nat nat : Nat.values()) {
        NatTopology.Home home = topology.home(nat);
        SAID.put(
            nat,
            together.submit(
                () -> {
                  try (home) {
                    return discover(home);
                  }
                }));
      }
    }
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
    if (topology != null) {
      topology.close();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "FULL_CONE, Endpoint Independent Mapping, Endpoint Independent Filtering",
    "ADDRESS_RESTRICTED, Endpoint Independent Mapping, Address Dependent Filtering",
    "PORT_RESTRICTED, Endpoint Independent Mapping, Address and Port Dependent Filtering",
    "SYMMETRIC, Address and Port Dependent Mapping, Address and Port Dependent Filtering"
  })
  void aClientLearnsItsNat(Nat nat, String mapping, String filtering) throws Exception {
    String said = SAID.get(nat).get();
    List<String> verdicts =
        said.lines()
            .filter(line -> line.startsWith("NAT with "))
            .map(line -> line.substring("NAT with ".length()).replace("!", ""))
            .toList();
    assertEquals(List.of(mapping, filtering), verdicts, said);
  }

  @ParameterizedTest
  @CsvSource("UDP_BLOCKED")
  void noAnswerIsTheAnswerWhereNoUdpGoesOut(Nat nat) throws Exception {
    String said = SAID.get(nat).get();
    List<String> verdicts = said.lines().filter(line -> line.startsWith("STUN ")).toList();
    String silence = "STUN receive timeout..";
    assertEquals(List.of(silence, silence), verdicts, said);
  }

  private static String discover(NatTopology.Home home) {
    return Program.run(
            LIMIT,
            home.client()
                .command("turnutils_natdiscovery", "-m", "-f", NatTopology.SERVERS.getFirst()))
        .said();
  }
}
