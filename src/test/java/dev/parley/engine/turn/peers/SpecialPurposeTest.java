package dev.parley.engine.turn.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.lab.TurnPolicies;
import dev.parley.wire.TransportAddress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The default rules against the special-purpose registries of IANA.
class SpecialPurposeTest {
  private final PeerRules rules =
      PeerRules.of(
          TurnPolicies.ofPeers(List.of(), List.of(), List.of(), List.of()),
          List.of(),
          49152,
          65535);

  @Test
  void everyBlockOfTheIpv4RegistryIsDeniedFromItsFirstToItsLastAddress() throws IOException {
    everyEndIsDenied("ipv4-special-purpose.csv");
  }

  @Test
  void everyBlockOfTheIpv6RegistryIsDeniedFromItsFirstToItsLastAddress() throws IOException {
    everyEndIsDenied("ipv6-special-purpose.csv");
  }

  @Test
  void everyRowStandsInTheRegistryWithItsRfcOrIsDeprecatedSinceBeforeIt() throws IOException {
    List<String> registered = new ArrayList<>();
    for (String table : List.of("ipv4-special-purpose.csv", "ipv6-special-purpose.csv")) {
      for (String[] row : rows(table)) {
        registered.add(Cidr.of(row[0]) + row[row.length - 1]);
      }
    }
    List<String> strangers = new ArrayList<>();
    for (SpecialIpv4 row : SpecialIpv4.values()) {
      addUnless(registered, strangers, row.name(), row.block(), row.rfc());
    }
    for (SpecialIpv6 row : SpecialIpv6.values()) {
      addUnless(registered, strangers, row.name(), row.block(), row.rfc());
    }
    assertEquals(List.of("IPV4_COMPATIBLE", "IPV4_TRANSLATABLE", "SITE_LOCAL"), strangers);
  }

  @Test
  void theNeighboursOfTheBlocksArePermitted() {
    for (String address :
        List.of(
            "1.0.0.0",
            "9.255.255.255",
            "11.0.0.0",
            "100.63.255.255",
            "100.128.0.0",
            "126.255.255.255",
            "128.0.0.0",
            "172.15.255.255",
            "172.32.0.0",
            "198.17.255.255",
            "198.20.0.0",
            "223.255.255.255",
            "2001:200::1",
            "2001:db7:ffff::1",
            "2001:db9::1",
            "2003::1",
            "2606:4700::1111",
            "2a00::1",
            "3ffe:ffff::1",
            "4000::1")) {
      assertTrue(rules.permitsAddress(AddressLiteral.of(address)), address);
    }
  }

  private void everyEndIsDenied(String table) throws IOException {
    for (String[] row : rows(table)) {
      Cidr block = Cidr.of(row[0]);
      for (TransportAddress end : ends(block)) {
        assertTrue(block.holds(end), row[0]);
        assertFalse(rules.permits(end), row[0] + " " + end.literal());
        assertFalse(rules.permitsAddress(end), row[0] + " " + end.literal());
      }
    }
  }

  static List<TransportAddress> ends(Cidr block) {
    int bits = block.bits();
    long high = bits >= 64 ? 0 : -1L >>> bits;
    long low = bits == 128 ? 0 : bits <= 64 ? -1L : -1L >>> bits - 64;
    return List.of(
        new TransportAddress(block.high(), block.low(), 50000),
        new TransportAddress(block.high() | high, block.low() | low, 50000));
  }

  private static void addUnless(
      List<String> registered, List<String> strangers, String name, Cidr block, int rfc) {
    if (!registered.contains(block + "[RFC" + rfc + "]")) {
      strangers.add(name);
    }
  }

  private static List<String[]> rows(String table) throws IOException {
    try (InputStream in = SpecialPurposeTest.class.getResourceAsStream("/iana/" + table)) {
      String csv = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return csv.lines().skip(1).map(line -> line.split(",")).toList();
    }
  }
}
