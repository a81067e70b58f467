package dev.parley.interop.turn;

import static dev.parley.lab.NatTopology.Kind.ADDRRES;
import static dev.parley.lab.NatTopology.Kind.FULLCONE;
import static dev.parley.lab.NatTopology.Kind.PORTRES;
import static dev.parley.lab.NatTopology.Kind.SYMMETRIC;
import static dev.parley.lab.NatTopology.Kind.UDPBLOCK;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.lab.Foreign;
import dev.parley.lab.Namespace;
import dev.parley.lab.NatTopology;
import dev.parley.lab.Program;
import dev.parley.lab.TurnHost;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// coturn's `turnutils_natdiscovery` learns from the server what its NAT is (RFC 5780): with two
/// addresses and two ports, behind every kind that the topology has.
final class NatDiscoveryIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String VERDICT = "NAT with ";

  /// Two kinds at a time, for a server takes its time to start.
  static Stream<Arguments> pairs() {
    return Stream.of(
        Arguments.of(FULLCONE, ADDRRES),
        Arguments.of(PORTRES, SYMMETRIC),
        Arguments.of(UDPBLOCK, UDPBLOCK));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void theKindOfNatIsFound(NatTopology.Kind first, NatTopology.Kind second) {
    try (var topology = NatTopology.up(first, second);
        var server =
            TurnHost.start(
                TurnHost.Setup.in(topology.internet(), NatTopology.SERVERS, null),
                "parley.turn.relay.ports=40000-40999")) {
      assertEquals(wordsOf(first), discover(topology.first(), server));
      assertEquals(wordsOf(second), discover(topology.second(), server));
    }
  }

  /// What is said of filtering and of mapping.
  private static List<String> wordsOf(NatTopology.Kind kind) {
    String independent = "Endpoint Independent ";
    String both = "Address and Port Dependent ";
    return switch (kind) {
      case FULLCONE -> List.of(independent + "Filtering!", independent + "Mapping!");
      case ADDRRES -> List.of("Address Dependent Filtering!", independent + "Mapping!");
      case PORTRES -> List.of(both + "Filtering!", independent + "Mapping!");
      case SYMMETRIC -> List.of(both + "Filtering!", both + "Mapping!");
      case UDPBLOCK -> List.of();
    };
  }

  /// Filtering first: to learn about mapping, a client sends to the server's other address, which a
  /// NAT that filters by address lets in from then on.
  private static List<String> discover(Namespace client, TurnHost server) {
    return Stream.of("-f", "-m")
        .map(
            what ->
                client.command(
                    Foreign.program("turnutils_natdiscovery", "coturn"),
                    what,
                    "-p",
                    Integer.toString(server.setup().port()),
                    server.setup().addresses().getFirst()))
        .map(command -> Program.run(LIMIT, command).said())
        .flatMap(String::lines)
        .filter(line -> line.startsWith(VERDICT))
        .map(line -> line.substring(VERDICT.length()))
        .toList();
  }
}
