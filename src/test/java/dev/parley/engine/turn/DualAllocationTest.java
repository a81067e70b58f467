package dev.parley.engine.turn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.protocol.stun.StunAttribute;
import dev.parley.protocol.stun.StunMethod;
import dev.parley.wire.FiveTuple;
import dev.parley.wire.Transport;
import dev.parley.wire.TransportAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Address families (RFC 8656, sections 7.2, 8.2, 18.8, 18.11 and 18.12).
class DualAllocationTest {
  private final TurnScenario scenario = new TurnScenario();
  private final TurnClient client = scenario.client();

  private TurnAnswer dual() {
    return client.allocate(w -> w.u32(StunAttribute.ADDITIONAL_ADDRESS_FAMILY, 2 << 24));
  }

  private TurnAnswer requested(TurnClient by, int family) {
    return by.allocate(w -> w.u32(StunAttribute.REQUESTED_ADDRESS_FAMILY, family << 24));
  }

  private TurnAnswer refresh(int family, int seconds) {
    return client.ask(
        StunMethod.REFRESH,
        w ->
            w.u32(StunAttribute.REQUESTED_ADDRESS_FAMILY, family << 24)
                .u32(StunAttribute.LIFETIME, seconds));
  }

  @Test
  void ipv4IsTheDefaultAndTheOtherFamilyIsHadForTheAsking() {
    assertTrue(scenario.client6().allocate().relayed().ipv4());
    assertTrue(requested(scenario.client6(), 1).relayed().ipv4());
    TurnAnswer six = requested(client, 2);
    assertEquals(TurnScenario.portless(TurnScenario.SERVER6), TurnScenario.portless(six.relayed()));
    assertEquals(443, client.permit(TurnScenario.PEER).error());
    assertEquals(0, client.permit(TurnScenario.PEER6).error());
  }

  @Test
  void aFamilyThatIsNoneOrNotServedIsRefused() {
    assertEquals(440, requested(client, 3).error());
    FiveTuple loopback =
        new FiveTuple(
            Transport.UDP, TurnScenario.at("127.0.0.1", 3478), TurnScenario.at("127.0.0.1", 9));
    TurnClient local = new TurnClient(scenario, loopback, "alice", 1000);
    assertEquals(440, local.allocate().error());
  }

  @Test
  void bothAttributesTogetherAreABadRequest() {
    assertEquals(
        400,
        client
            .allocate(
                w ->
                    w.u32(StunAttribute.REQUESTED_ADDRESS_FAMILY, 2 << 24)
                        .u32(StunAttribute.ADDITIONAL_ADDRESS_FAMILY, 2 << 24))
            .error());
    assertEquals(
        400, client.allocate(w -> w.u32(StunAttribute.ADDITIONAL_ADDRESS_FAMILY, 1 << 24)).error());
    assertEquals(
        400,
        client
            .allocate(
                w ->
                    w.u32(StunAttribute.ADDITIONAL_ADDRESS_FAMILY, 2 << 24)
                        .octets(StunAttribute.EVEN_PORT, new byte[] {-128}, 0, 1))
            .error());
  }

  @Test
  void oneAllocationHasBothFamilies() {
    TurnAnswer answer = dual();
    List<TransportAddress> relayed = answer.relayedAll();
    assertEquals(2, relayed.size());
    assertTrue(relayed.get(0).ipv4());
    assertEquals(false, relayed.get(1).ipv4());
    assertEquals(2, scenario.quotas.ports);
    assertEquals(0, client.permit(TurnScenario.PEER, TurnScenario.PEER6).error());
    assertEquals(0, client.bind(0x4000, TurnScenario.PEER6).error());
    client.refresh(0);
    assertEquals(0, scenario.server.held());
  }

  @Test
  void aFamilyIsReleasedAlone() {
    dual();
    List<TurnEffect> opened = scenario.orders();
    client.bind(0x4000, TurnScenario.PEER6);
    client.bind(0x4001, TurnScenario.PEER);
    scenario.orders();
    assertEquals(0, refresh(2, 0).error());
    long six = ((TurnEffect.OpenRelay) opened.get(1)).relay();
    assertEquals(List.of(new TurnEffect.CloseRelay(six)), scenario.orders());
    assertEquals(443, client.permit(TurnScenario.PEER6).error());
    assertEquals(443, refresh(2, 600).error());
    assertEquals(0, client.permit(TurnScenario.PEER).error());
    assertEquals(1, scenario.quotas.ports);
    assertEquals(0, refresh(1, 0).error());
    assertEquals(0, scenario.server.held());
  }

  @Test
  void aFamilyIsRefreshedAlone() {
    dual();
    List<TurnEffect> opened = scenario.orders();
    assertEquals(1200, refresh(1, 1200).lifetime());
    scenario.pass(600);
    long six = ((TurnEffect.OpenRelay) opened.get(1)).relay();
    assertEquals(List.of(new TurnEffect.CloseRelay(six)), scenario.orders());
    scenario.pass(600);
    assertEquals(0, scenario.server.held());
  }

  @Test
  void oneFamilyIsBetterThanNone() {
    scenario.opening = false;
    assertNull(dual());
    List<TurnEffect> opened = scenario.orders();
    long four = ((TurnEffect.OpenRelay) opened.get(0)).relay();
    long six = ((TurnEffect.OpenRelay) opened.get(1)).relay();
    scenario.server.refused(six, false, scenario.clock.now());
    assertEquals(List.of(), client.arrived());
    scenario.server.opened(four, scenario.clock.now());
    TurnAnswer answer = TurnAnswer.of(client.arrived().getLast());
    assertEquals(1, answer.relayedAll().size());
    assertEquals(2 << 24 | 5 << 8 | 8, answer.u32(StunAttribute.ADDRESS_ERROR_CODE));
    assertEquals(1, scenario.quotas.ports);
  }

  @Test
  void noFamilyIsNoCapacity() {
    scenario.opening = false;
    assertNull(dual());
    for (TurnEffect open : scenario.orders()) {
      scenario.server.refused(((TurnEffect.OpenRelay) open).relay(), false, scenario.clock.now());
    }
    assertEquals(508, TurnAnswer.of(client.arrived().getLast()).error());
    assertEquals(0, scenario.server.held());
    assertEquals(0, scenario.quotas.reserved);
  }
}
