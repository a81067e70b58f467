package dev.parley.engine.turn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.engine.Engine;
import dev.parley.media.Counter;
import dev.parley.media.MediaCommand;
import dev.parley.protocol.stun.StunAttribute;
import dev.parley.protocol.stun.StunMethod;
import dev.parley.wire.Transport;
import java.util.List;
import org.junit.jupiter.api.Test;

/// RFC 8656, section 7.
class AllocateTest {
  private final TurnScenario scenario = new TurnScenario();

  @Test
  void aClientGetsARelayedTransportAddress() {
    TurnClient client = scenario.client();
    TurnAnswer answer = client.allocate();
    assertEquals(TurnAnswer.SUCCESS, answer.error());
    TurnEffect.OpenRelay open = scenario.relay();
    assertEquals(open.relayed(), answer.relayed());
    assertEquals(TurnScenario.portless(TurnScenario.SERVER), TurnScenario.portless(open.local()));
    assertEquals(600, answer.lifetime());
    assertEquals(client.path().remote(), answer.xorAddress(StunAttribute.XOR_MAPPED_ADDRESS));
    assertFalse(answer.has(StunAttribute.RESERVATION_TOKEN));
    assertFalse(answer.has(StunAttribute.MOBILITY_TICKET));
    assertTrue(client.integrity().verifies(answer.message()));
    assertEquals(1, scenario.quotas.confirmed);
    assertEquals(1L, scenario.tally.counts().get(Counter.TURN_ALLOCATIONS_MADE));
  }

  @Test
  void theFirstRequestOfABrowserIsChallengedWithinTheAmplificationRule() {
    TurnClient client = scenario.client();
    TurnAnswer answer =
        client.sendBare(
            StunMethod.ALLOCATE, writer -> writer.u32(StunAttribute.REQUESTED_TRANSPORT, 17 << 24));
    assertEquals(401, answer.error());
    assertTrue(answer.has(StunAttribute.NONCE));
    assertTrue(answer.has(StunAttribute.REALM));
    assertEquals(60, answer.message().length());
    assertEquals(1L, scenario.tally.counts().get(Counter.TURN_REFUSED_401));
  }

  @Test
  void whoCannotForgeItsSourceIsChallengedInFull() {
    for (Transport transport : List.of(Transport.TCP, Transport.TLS, Transport.DTLS)) {
      TurnAnswer answer =
          scenario.client(transport).sendBare(StunMethod.ALLOCATE, TurnClient.NOTHING);
      assertEquals(401, answer.error());
      assertTrue(answer.has(StunAttribute.NONCE));
      assertTrue(answer.has(StunAttribute.PASSWORD_ALGORITHMS));
    }
  }

  @Test
  void aRequestTooSmallForAChallengeGetsTheErrorAlone() {
    TurnAnswer answer = scenario.client().sendBare(StunMethod.REFRESH, TurnClient.NOTHING);
    assertEquals(401, answer.error());
    assertEquals(28, answer.message().length());
  }

  @Test
  void aSecondAllocationOnA5TupleIsAMismatch() {
    TurnClient client = scenario.client();
    client.allocate();
    assertEquals(437, client.allocate().error());
    TurnClient other = scenario.client(Transport.UDP, "bob");
    other.move(client.path());
    assertEquals(437, other.allocate().error());
  }

  @Test
  void aRetransmissionGetsTheSameSuccess() {
    TurnClient client = scenario.client();
    client.allocate();
    client.refresh(0);
    byte[] request =
        client.signed(
            StunMethod.ALLOCATE, writer -> writer.u32(StunAttribute.REQUESTED_TRANSPORT, 17 << 24));
    TurnAnswer first = client.send(request);
    TurnAnswer second = client.send(request);
    assertEquals(TurnAnswer.SUCCESS, first.error());
    assertArrayEquals(first.message().octets(), second.message().octets());
    assertEquals(1, scenario.quotas.reserved);
  }

  @Test
  void aRetransmissionIsAbsorbedWhileTheRelayIsBeingOpened() {
    TurnClient client = scenario.client();
    client.allocate();
    client.refresh(0);
    scenario.orders();
    scenario.opening = false;
    byte[] request =
        client.signed(
            StunMethod.ALLOCATE, writer -> writer.u32(StunAttribute.REQUESTED_TRANSPORT, 17 << 24));
    assertNull(client.send(request));
    assertNull(client.send(request));
    TurnEffect.OpenRelay open = scenario.relay();
    scenario.server.opened(open.relay(), scenario.clock.now());
    assertEquals(1, client.arrived().size());
  }

  @Test
  void anotherRequestWhileTheRelayIsBeingOpenedIsAMismatch() {
    TurnClient client = scenario.client();
    scenario.opening = false;
    assertNull(client.allocate());
    assertEquals(437, client.allocate().error());
    assertEquals(437, client.refresh(600).error());
  }

  @Test
  void theTransportMustBeNamedAndBeUdp() {
    TurnClient client = scenario.client();
    assertEquals(400, client.ask(StunMethod.ALLOCATE, TurnClient.NOTHING).error());
    assertEquals(
        442,
        client
            .ask(StunMethod.ALLOCATE, w -> w.u32(StunAttribute.REQUESTED_TRANSPORT, 132 << 24))
            .error());
    assertEquals(
        400,
        client
            .ask(
                StunMethod.ALLOCATE,
                w -> w.octets(StunAttribute.REQUESTED_TRANSPORT, new byte[] {17}, 0, 1))
            .error());
    assertEquals(0, scenario.quotas.reserved);
  }

  @Test
  void lifetimesStayWithinTheirBounds() {
    for (int[] asked : new int[][] {{0, 600}, {10, 600}, {777, 777}, {3600, 3600}, {-1, 3600}}) {
      TurnAnswer answer = scenario.client().allocate(w -> w.u32(StunAttribute.LIFETIME, asked[0]));
      assertEquals(asked[1], answer.lifetime());
    }
  }

  @Test
  void aMalformedLifetimeTakesNothing() {
    TurnClient client = scenario.client();
    TurnAnswer answer = client.allocate(w -> w.octets(StunAttribute.LIFETIME, new byte[3], 0, 3));
    assertEquals(400, answer.error());
    assertEquals(0, scenario.quotas.reserved);
    assertEquals(0, scenario.server.held());
  }

  @Test
  void anAllocationLivesNoLongerThanItsCredential() {
    TurnClient client = new TurnClient(scenario, scenario.client().path(), "alice", 90);
    assertEquals(90, client.allocate().lifetime());
  }

  @Test
  void anAllocationEndsWithItsLifetime() {
    TurnClient client = scenario.client();
    client.allocate();
    TurnEffect.OpenRelay open = scenario.relay();
    scenario.pass(599);
    assertEquals(List.of(), scenario.orders());
    scenario.pass(1);
    assertEquals(List.of(new TurnEffect.CloseRelay(open.relay())), scenario.orders());
    assertEquals(0, scenario.server.held());
    assertEquals(0, scenario.quotas.reserved);
    assertEquals(Engine.NEVER, scenario.server.deadline());
    assertEquals(437, client.refresh(600).error());
  }

  @Test
  void dontFragmentIsComprehended() {
    assertEquals(0, scenario.client().allocate(w -> w.flag(StunAttribute.DONT_FRAGMENT)).error());
  }

  @Test
  void anAttributeThatMustBeComprehendedAndIsNotIsNamed() {
    TurnAnswer answer =
        scenario
            .client()
            .allocate(w -> w.flag(StunAttribute.USE_CANDIDATE).flag(StunAttribute.CHANGE_REQUEST));
    assertEquals(420, answer.error());
    assertArrayEquals(new byte[] {0, 0x25, 0, 3}, answer.octets(StunAttribute.UNKNOWN_ATTRIBUTES));
  }

  @Test
  void aPortThatSomebodyElseHoldsIsNotTheEndOfIt() {
    for (int port = TurnScenario.FIRST_PORT; port <= TurnScenario.LAST_PORT; port += 8) {
      scenario.foreign.add(port);
    }
    for (int i = 0; i < 50; i++) {
      assertEquals(0, scenario.client().allocate().error());
    }
  }

  @Test
  void triesSomePortsAndThenHasNoCapacity() {
    for (int port = TurnScenario.FIRST_PORT; port <= TurnScenario.LAST_PORT; port++) {
      scenario.foreign.add(port);
    }
    TurnClient client = scenario.client();
    assertEquals(508, client.allocate().error());
    assertEquals(Opening.ATTEMPTS, scenario.orders().size());
    assertEquals(0, scenario.server.held());
    assertEquals(0, scenario.quotas.reserved);
    scenario.foreign.clear();
    assertEquals(0, client.allocate().error());
  }

  @Test
  void withoutAFreePortThereIsNoCapacity() {
    for (int i = 0; i <= TurnScenario.LAST_PORT - TurnScenario.FIRST_PORT; i++) {
      assertEquals(0, scenario.client().allocate().error());
    }
    TurnClient late = scenario.client();
    assertEquals(508, late.allocate().error());
    assertEquals(64, scenario.quotas.reserved);
    assertEquals(1L, scenario.tally.counts().get(Counter.TURN_REFUSED_508));
  }

  @Test
  void aUserOverItsQuotaIsToldSo() {
    scenario.quotas.allocationsOfUser = 1;
    TurnClient first = scenario.client();
    first.allocate();
    assertEquals(486, scenario.client().allocate().error());
    assertEquals(0, scenario.client(Transport.UDP, "bob").allocate().error());
    first.refresh(0);
    assertEquals(0, scenario.client().allocate().error());
  }

  @Test
  void aNodeOverItsQuotaHasNoCapacity() {
    scenario.quotas.portsOfAll = 0;
    assertEquals(508, scenario.client().allocate().error());
    assertEquals(0, scenario.server.held());
  }

  @Test
  void aNodeThatDrainsSendsNewClientsElsewhere() {
    TurnClient old = scenario.client();
    old.allocate();
    scenario.command(
        new MediaCommand.FollowPolicy(
            TurnScenario.policy(List.of(), false, List.of("198.51.100.9:3478"))));
    TurnAnswer answer = scenario.client().allocate();
    assertEquals(300, answer.error());
    assertEquals(
        TurnScenario.at("198.51.100.9", 3478), answer.address(StunAttribute.ALTERNATE_SERVER));
    assertEquals("turn.example.org", new String(answer.octets(StunAttribute.ALTERNATE_DOMAIN)));
    assertEquals(508, scenario.client6().allocate(w -> family(w, 2)).error());
    assertEquals(0, old.refresh(600).error());
  }

  @Test
  void anEndedStreamTakesItsAllocationWithIt() {
    TurnClient client = scenario.client(Transport.TCP);
    client.allocate();
    TurnEffect.OpenRelay open = scenario.relay();
    scenario.close(client.path());
    assertEquals(List.of(new TurnEffect.CloseRelay(open.relay())), scenario.orders());
    assertEquals(0, scenario.server.held());
  }

  @Test
  void aStreamThatEndsWhileItsRelayIsOpenedLeavesNothing() {
    scenario.opening = false;
    TurnClient client = scenario.client(Transport.TCP);
    assertNull(client.allocate(w -> w.octets(StunAttribute.EVEN_PORT, new byte[] {-128}, 0, 1)));
    TurnEffect.OpenRelay open = scenario.relay();
    scenario.close(client.path());
    scenario.server.opened(open.relay(), scenario.clock.now());
    assertEquals(0, scenario.server.held());
    assertEquals(0, scenario.quotas.reserved);
  }

  @Test
  void aFingerprintIsAnsweredWithAFingerprint() {
    TurnClient client = scenario.client();
    client.allocate();
    byte[] plain = client.signed(StunMethod.REFRESH, TurnClient.NOTHING);
    assertFalse(client.send(plain).has(StunAttribute.FINGERPRINT));
    byte[] printed = client.printed(StunMethod.REFRESH);
    TurnAnswer answer = client.send(printed);
    assertNotNull(answer);
    assertTrue(answer.message().fingerprinted());
    printed[printed.length - 1] ^= 1;
    assertNull(client.send(printed));
  }

  private static dev.parley.protocol.stun.StunWriter family(
      dev.parley.protocol.stun.StunWriter writer, int family) {
    return writer.u32(StunAttribute.REQUESTED_ADDRESS_FAMILY, family << 24);
  }
}
