package dev.parley.engine.turn.peers;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.lab.TurnPolicies;
import dev.parley.media.TurnPolicy;
import dev.parley.wire.TransportAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class PeerRulesTest {
  private static final List<TransportAddress> OWN =
      List.of(AddressLiteral.of("192.0.2.10"), AddressLiteral.of("8.8.4.4"), at("[2a00::10]:0"));

  @Test
  void aRelayOfThisNodeMayBeAPeerThoughItsAddressIsSpecialPurpose() {
    PeerRules rules = rules(List.of(), List.of(), List.of());
    assertTrue(rules.permits(at("192.0.2.10:49152")));
    assertTrue(rules.permits(at("192.0.2.10:65535")));
    assertTrue(rules.permits(at("[2a00::10]:50000")));
    assertTrue(rules.permitsAddress(at("192.0.2.10:0")));
  }

  @Test
  void otherPortsOfThisNodeMayNot() {
    PeerRules rules = rules(List.of(), List.of(), List.of());
    assertFalse(rules.permits(at("8.8.4.4:49151")));
    assertFalse(rules.permits(at("8.8.4.4:3478")));
    assertFalse(rules.permits(at("[2a00::10]:22")));
  }

  @Test
  void whatIsAllowedOpensOwnAndPrivateAddressesButNothingGuarded() {
    PeerRules rules =
        rules(
            List.of("10.0.0.0/8", "8.8.4.4"),
            List.of("10.1.0.0/16"),
            List.of("10.0.0.5:5432", "10.0.0.6", "[fd00::1]:22"));
    assertTrue(rules.permits(at("10.0.0.5:5433")));
    assertTrue(rules.permits(at("10.1.2.3:7882")));
    assertTrue(rules.permits(at("8.8.4.4:7882")));
    assertFalse(rules.permits(at("10.0.0.5:5432")));
    assertFalse(rules.permits(at("10.0.0.6:1")));
    assertTrue(rules.permitsAddress(at("10.0.0.5:5432")));
    assertFalse(rules.permitsAddress(at("10.0.0.6:0")));
  }

  @Test
  void whatIsDeniedIsDeniedInEverySpelling() {
    PeerRules rules =
        rules(List.of("64:ff9b::/96", "2002::/16"), List.of("1.1.1.0/24"), List.of("9.9.9.9:53"));
    assertFalse(rules.permits(at("1.1.1.1:53")));
    assertFalse(rules.permits(at("[::ffff:1.1.1.1]:53")));
    assertFalse(rules.permits(at("[64:ff9b::1.1.1.1]:53")));
    assertFalse(rules.permits(at("[2002:101:101::1]:53")));
    assertFalse(rules.permits(at("[64:ff9b::9.9.9.9]:53")));
    assertFalse(rules.permits(at("[64:ff9b::8.8.4.4]:50000")));
    assertTrue(rules.permits(at("[64:ff9b::9.9.9.9]:54")));
    assertTrue(rules.permits(at("[64:ff9b::8.8.8.8]:53")));
  }

  @Test
  void anAllowedLoopbackOfIpv6IsNotTakenForACompatibleAddress() {
    PeerRules rules = rules(List.of("::1/128"), List.of(), List.of());
    assertTrue(rules.permits(at("[::1]:1")));
    assertFalse(rules.permits(at("[::127.0.0.1]:1")));
    assertFalse(rules.permits(at("[::2]:1")));
    assertFalse(rules(List.of(), List.of(), List.of()).permits(at("[::1]:1")));
  }

  @Test
  void portZeroIsNeverAPeer() {
    PeerRules rules = rules(List.of("0.0.0.0/0", "::/0"), List.of(), List.of());
    assertFalse(rules.permits(at("8.8.8.8:0")));
    assertTrue(rules.permits(at("8.8.8.8:1")));
    assertTrue(rules.permits(at("[::1]:1")));
  }

  @Test
  void aPolicyThatIsNoRuleIsRefusedWhole() {
    for (String text :
        List.of(
            "",
            "localhost",
            "10.0.0.1/8",
            "10.0.0/8",
            "010.0.0.0/8",
            "10.0.0.0/33",
            "10.0.0.0/",
            "10.0.0.0/08",
            "10.0.0.0/+8",
            "2001:db8::/129",
            "2001:db8::1/32",
            "fe80::1%eth0",
            "[::1]",
            "1.2.3.4.5",
            "1.2.3.256",
            "16909060",
            "1.2.3.4 ")) {
      assertThrows(PeerRuleRefused.class, () -> Cidr.of(text), text);
      assertThrows(PeerRuleRefused.class, () -> rules(List.of(text), List.of(), List.of()), text);
      assertThrows(PeerRuleRefused.class, () -> rules(List.of(), List.of(text), List.of()), text);
    }
    for (String text :
        List.of(
            "", ":80", "1.2.3.4:", "1.2.3.4:0", "1.2.3.4:65536", "[1.2.3.4]:80", "[::1]", "h:1")) {
      assertThrows(PeerRuleRefused.class, () -> rules(List.of(), List.of(), List.of(text)), text);
    }
  }

  @Test
  void aMappedBlockIsTheIpv4BlockItMaps() {
    assertTrue(Cidr.of("::ffff:10.0.0.0/104").holds(at("10.1.2.3:0")));
    assertFalse(Cidr.of("::/0").holds(at("10.1.2.3:0")));
    assertFalse(Cidr.of("0.0.0.0/0").holds(at("[::1]:0")));
  }

  @Test
  void ownMediaIsAPeerThoughGuardedAndSpecialPurposeAndOtherPortsThereAreNot() {
    PeerRules rules =
        rules(
            List.of(),
            List.of("8.8.4.4"),
            List.of("192.0.2.10:7882", "192.0.2.10:3478", "8.8.4.4", "10.0.0.9:5432"),
            List.of("192.0.2.10:7882", "8.8.4.4:7883", "10.0.0.9:7882", "[2a00::10]:7882"));
    for (String media :
        List.of(
            "192.0.2.10:7882",
            "[::ffff:192.0.2.10]:7882",
            "8.8.4.4:7883",
            "10.0.0.9:7882",
            "[2a00::10]:7882")) {
      assertTrue(rules.permits(at(media)), media);
      assertTrue(rules.permitsAddress(at(media)), media);
    }
    for (String other :
        List.of(
            "192.0.2.10:7883",
            "192.0.2.10:3478",
            "192.0.2.10:22",
            "8.8.4.4:7882",
            "10.0.0.9:5432",
            "10.0.0.9:7881",
            "10.0.0.8:7882",
            "[2a00::10]:7883",
            "[64:ff9b::192.0.2.10]:7882",
            "192.0.2.10:0")) {
      assertFalse(rules.permits(at(other)), other);
    }
    assertFalse(rules.permitsAddress(at("10.0.0.8:0")));
    assertFalse(rules(List.of(), List.of(), List.of()).permitsAddress(at("10.0.0.9:0")));
  }

  @Test
  void mediaWithoutAPortIsRefused() {
    for (String text : List.of("192.0.2.10", "[2a00::10]", "2a00::10", "media:7882", "")) {
      assertThrows(
          PeerRuleRefused.class, () -> rules(List.of(), List.of(), List.of(), List.of(text)), text);
    }
  }

  private static PeerRules rules(List<String> allow, List<String> deny, List<String> guarded) {
    return rules(allow, deny, guarded, List.of());
  }

  private static PeerRules rules(
      List<String> allow, List<String> deny, List<String> guarded, List<String> media) {
    TurnPolicy policy = TurnPolicies.ofPeers(allow, deny, guarded, media);
    return PeerRules.of(policy, OWN, 49152, 65535);
  }

  private static TransportAddress at(String text) {
    int colon = text.lastIndexOf(':');
    TransportAddress address =
        AddressLiteral.of(text.substring(0, colon).replace("[", "").replace("]", ""));
    int port = Integer.parseInt(text.substring(colon + 1));
    return new TransportAddress(address.high(), address.low(), port);
  }
}
