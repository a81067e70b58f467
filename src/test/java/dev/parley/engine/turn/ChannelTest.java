package dev.parley.engine.turn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.lab.RecordedEffects;
import dev.parley.protocol.stun.StunAttribute;
import dev.parley.protocol.stun.StunMethod;
import dev.parley.wire.FiveTuple;
import dev.parley.wire.Transport;
import dev.parley.wire.TransportAddress;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/// RFC 8656, section 12.
class ChannelTest {
  private static final byte[] DATA = {1, 2, 3, 4, 5};
  private static final TransportAddress OTHER = TurnScenario.at("203.0.114.9", 9);

  private final TurnScenario scenario = new TurnScenario();
  private final TurnClient client = scenario.client();
  private TurnEffect.OpenRelay relay;

  private void allocate() {
    client.allocate();
    relay = scenario.relay();
  }

  private TurnEffect.RouteDown down(int channel) {
    return new TurnEffect.RouteDown(relay.relay(), client.path(), channel);
  }

  /// The one route that was ordered up since the last call.
  private TurnEffect.RouteUp up() {
    List<TurnEffect> orders = scenario.orders();
    assertEquals(1, orders.size(), orders.toString());
    return (TurnEffect.RouteUp) orders.getFirst();
  }

  @Test
  void aBindingPutsARouteUpOnce() {
    allocate();
    assertEquals(0, client.bind(0x4001, TurnScenario.PEER).error());
    TurnEffect.RouteUp up = up();
    assertEquals(relay.relay(), up.relay());
    assertEquals(client.path(), up.client());
    assertEquals(0x4001, up.channel());
    assertEquals(TurnScenario.PEER, up.peer());
    assertEquals(0, client.bind(0x4001, TurnScenario.PEER).error());
    assertEquals(List.of(), scenario.orders());
  }

  @Test
  void theRouteGoesWithThePermissionAndComesBackWithIt() {
    allocate();
    client.bind(0x4000, TurnScenario.PEER);
    scenario.orders();
    scenario.pass(300);
    assertEquals(List.of(down(0x4000)), scenario.orders());
    assertEquals(0, client.permit(TurnScenario.PEER).error());
    assertEquals(0x4000, up().channel());
  }

  @Test
  void theRouteGoesWithTheBinding() {
    allocate();
    client.refresh(3600);
    client.bind(0x4000, TurnScenario.PEER);
    scenario.pass(299);
    client.permit(TurnScenario.PEER);
    scenario.pass(299);
    client.permit(TurnScenario.PEER);
    scenario.orders();
    scenario.pass(2);
    assertEquals(List.of(down(0x4000)), scenario.orders());
    // The permission lives on, so data comes as indications.
    scenario.fromPeer(relay, DATA, TurnScenario.PEER);
    assertEquals(StunMethod.DATA, TurnAnswer.of(client.arrived().getLast()).message().method());
    // And the number is free for another peer.
    assertEquals(0, client.bind(0x4000, OTHER).error());
  }

  @Test
  void whileOnlyTheBindingLivesTheEngineRelaysOutward() {
    allocate();
    client.bind(0x4000, TurnScenario.PEER);
    scenario.pass(301);
    client.arrived();
    scenario.receive(TurnClient.channelData(0x4000, DATA), client.path());
    assertEquals(
        List.of(
            new RecordedEffects.Sent(
                HexFormat.of().formatHex(DATA),
                new FiveTuple(Transport.UDP, relay.local(), TurnScenario.PEER))),
        scenario.effects.sent());
    scenario.fromPeer(relay, DATA, TurnScenario.PEER);
    assertEquals(List.of(), client.arrived());
  }

  @Test
  void aChannelIsOfOnePeerAndAPeerOnOneChannel() {
    allocate();
    client.bind(0x4000, TurnScenario.PEER);
    assertEquals(400, client.bind(0x4000, OTHER).error());
    assertEquals(400, client.bind(0x4001, TurnScenario.PEER).error());
    assertEquals(0, client.bind(0x4001, TurnScenario.at("203.0.114.7", 7001)).error());
  }

  @Test
  void numbersAreThoseOfRfc5766() {
    allocate();
    assertEquals(400, client.bind(0x3fff, TurnScenario.PEER).error());
    assertEquals(400, client.bind(0x8000, TurnScenario.PEER).error());
    assertEquals(0, client.bind(0x4fff, TurnScenario.PEER).error());
    assertEquals(0, client.bind(0x7fff, OTHER).error());
    scenario.effects.sent();
    scenario.receive(TurnClient.channelData(0x7fff, DATA), client.path());
    assertEquals(OTHER, scenario.effects.sent().getLast().path().remote());
  }

  @Test
  void bothChannelAndPeerMustBeNamed() {
    allocate();
    assertEquals(
        400,
        client
            .ask(StunMethod.CHANNEL_BIND, w -> w.u32(StunAttribute.CHANNEL_NUMBER, 1 << 30))
            .error());
    assertEquals(
        400,
        client
            .ask(
                StunMethod.CHANNEL_BIND,
                w -> w.xorAddress(StunAttribute.XOR_PEER_ADDRESS, TurnScenario.PEER))
            .error());
  }

  @Test
  void theWrongFamilyAndForbiddenPeersAreRefused() {
    allocate();
    assertEquals(443, client.bind(0x4000, TurnScenario.PEER6).error());
    assertEquals(403, client.bind(0x4000, TurnScenario.at("127.0.0.1", 80)).error());
    assertEquals(403, client.bind(0x4000, TurnScenario.at("203.0.114.7", 0)).error());
    assertEquals(List.of(), scenario.orders());
    assertEquals(437, scenario.client().bind(0x4000, TurnScenario.PEER).error());
  }

  @Test
  void areBounded() {
    allocate();
    for (int i = 0; i < ChannelBindings.MOST; i++) {
      assertEquals(0, client.bind(0x4000 + i, TurnScenario.at("203.0.114.7", 1000 + i)).error());
    }
    assertEquals(508, client.bind(0x4fff, TurnScenario.at("203.0.114.7", 999)).error());
    assertEquals(0, client.bind(0x4000, TurnScenario.at("203.0.114.7", 1000)).error());
  }

  @Test
  void theEndOfTheAllocationClosesTheRelayWithItsRoutes() {
    allocate();
    client.bind(0x4000, TurnScenario.PEER);
    scenario.orders();
    client.refresh(0);
    assertEquals(List.of(new TurnEffect.CloseRelay(relay.relay())), scenario.orders());
  }
}
