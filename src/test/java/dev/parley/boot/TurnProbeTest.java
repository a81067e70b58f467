package dev.parley.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.boot.ProbeClient.Account;
import dev.parley.door.rest.TurnDesk.Check;
import dev.parley.lab.Ports;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TurnProbeTest {
  private static final Account GOOD = new Account("9999999999:selftest", "good password");
  private static final Account EXPIRED = new Account("1:selftest", "good once");

  private static List<Check> probe(boolean open) throws Exception {
    try (var server = new FakeTurnServer(GOOD, open)) {
      return new TurnProbe(server.address(), GOOD, EXPIRED, List.of(server.address())).run();
    }
  }

  private static Set<String> failed(List<Check> checks) {
    return checks.stream().filter(c -> !c.passed()).map(Check::name).collect(Collectors.toSet());
  }

  @Test
  void aStrictServerPasses() throws Exception {
    List<Check> checks = probe(false);
    assertEquals(Set.of(), failed(checks));
    Set<String> names = checks.stream().map(Check::name).collect(Collectors.toSet());
    assertTrue(
        names.containsAll(
            Set.of(
                "allocate without credentials",
                "allocate with an expired credential",
                "allocate with a wrong password",
                "permission for 10.0.0.1",
                "channel to 127.0.0.1",
                "channel to ::ffff:127.0.0.1",
                "relay between two allocations",
                "allocate again at once on the same 5-tuple")),
        names.toString());
  }

  @Test
  void anOpenRelayFailsWhereItIsOpen() throws Exception {
    Set<String> failed = failed(probe(true));
    assertTrue(
        failed.containsAll(
            Set.of(
                "allocate without credentials",
                "allocate with an expired credential",
                "allocate with a wrong password",
                "permission for 10.0.0.1",
                "channel to 169.254.169.254",
                "channel to ::ffff:127.0.0.1")),
        failed.toString());
    assertTrue(
        failed.stream().anyMatch(name -> name.startsWith("channel to own listener")),
        failed.toString());
    assertTrue(failed.stream().noneMatch(name -> name.startsWith("relay")), failed.toString());
  }

  @Test
  void whereNobodyAnswersOneCheckSaysSo() {
    var nobody = new InetSocketAddress(InetAddress.getLoopbackAddress(), Ports.free());
    assertEquals(
        List.of(new Check("allocate without credentials", "401", "no answer", false)),
        new TurnProbe(nobody, GOOD, EXPIRED, List.of()).run());
  }
}
