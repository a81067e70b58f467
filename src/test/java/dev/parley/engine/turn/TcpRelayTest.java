package dev.parley.engine.turn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.protocol.stun.StunAttribute;
import dev.parley.protocol.stun.StunMessage;
import dev.parley.protocol.stun.StunMethod;
import dev.parley.protocol.stun.StunWriter;
import dev.parley.wire.Transport;
import dev.parley.wire.TransportAddress;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/// RFC 6062, section 5.
class TcpRelayTest {
  private static final TransportAddress PEER = TurnScenario.PEER;

  private TurnScenario scenario = new TurnScenario();

  @Test
  void aClientOnAStreamGetsAListeningRelay() {
    for (Transport transport : List.of(Transport.TCP, Transport.TLS)) {
      TurnAnswer answer = allocate(scenario.client(transport));
      TurnEffect.OpenRelay open = scenario.relay();
      assertEquals(Transport.TCP, open.transport());
      assertEquals(open.relayed(), answer.relayed());
    }
  }

  @Test
  void aClientOnDatagramsIsRefused() {
    for (Transport transport : List.of(Transport.UDP, Transport.DTLS)) {
      assertEquals(400, allocate(scenario.client(transport)).error());
    }
  }

  @Test
  void whatBelongsToDatagramsIsRefused() {
    TurnClient client = scenario.client(Transport.TCP);
    List<UnaryOperator<StunWriter>> strange =
        List.of(
            w -> w.octets(StunAttribute.EVEN_PORT, new byte[] {0}, 0, 1),
            w -> w.u64(StunAttribute.RESERVATION_TOKEN, 1),
            w -> w.flag(StunAttribute.DONT_FRAGMENT));
    for (UnaryOperator<StunWriter> more : strange) {
      TurnAnswer answer =
          client.ask(
              StunMethod.ALLOCATE,
              w -> more.apply(w.u32(StunAttribute.REQUESTED_TRANSPORT, 6 << 24)));
      assertEquals(400, answer.error());
    }
    assertEquals(0, scenario.quotas.reserved);
  }

  @Test
  void channelsAndSendIndicationsAreForDatagrams() {
    TurnClient client = allocated();
    client.permit(PEER);
    assertEquals(400, client.bind(0x4000, PEER).error());
    scenario.effects.sent();
    scenario.receive(client.sendIndication(PEER, new byte[5], false), client.path());
    scenario.receive(client.sendIndication(PEER, new byte[5], true), client.path());
    assertEquals(List.of(), scenario.effects.sent());
    assertEquals(List.of(), scenario.orders());
  }

  @Test
  void connectIsAnsweredWhenTheConnectionStands() {
    TurnClient client = allocated();
    assertNull(connect(client, PEER));
    TurnEffect.Connect order = ordered(TurnEffect.Connect.class);
    assertEquals(PEER, order.peer());
    scenario.server.connected(order.connection(), scenario.clock.now());
    TurnAnswer answer = last(client);
    assertEquals(StunMethod.CONNECT, answer.message().method());
    assertEquals(TurnAnswer.SUCCESS, answer.error());
    assertEquals(order.connection(), answer.u32(StunAttribute.CONNECTION_ID));
    assertTrue(client.integrity().verifies(answer.message()));
  }

  @Test
  void aConnectThatFailsIsAnswered447() {
    TurnClient client = allocated();
    connect(client, PEER);
    int connection = ordered(TurnEffect.Connect.class).connection();
    scenario.server.connectFailed(connection, scenario.clock.now());
    assertEquals(447, last(client).error());
    // It may be tried again.
    assertNull(connect(client, PEER));
  }

  @Test
  void aConnectIsGivenUpAfter30Seconds() {
    TurnClient client = allocated();
    connect(client, PEER);
    int connection = ordered(TurnEffect.Connect.class).connection();
    scenario.pass(29);
    assertEquals(List.of(), client.arrived());
    scenario.pass(1);
    assertEquals(447, last(client).error());
    assertEquals(List.of(new TurnEffect.Disconnect(connection)), scenario.orders());
    // The adapter may have crossed that with its success.
    scenario.server.connected(connection, scenario.clock.now());
    assertEquals(List.of(), client.arrived());
  }

  @Test
  void oneConnectionAPeer() {
    TurnClient client = allocated();
    connect(client, PEER);
    assertEquals(446, connect(client, PEER).error());
    assertNull(connect(client, at(7001)));
    standing(client, at(7002));
    assertEquals(446, connect(client, at(7002)).error());
  }

  @Test
  void connectIsRefusedWhereItMustBe() {
    scenario =
        new TurnScenario(
            TurnScenario.policy(List.of("203.0.114.0/24"), true, List.of()),
            TurnScenario.place(0, 1));
    assertEquals(437, connect(scenario.client(Transport.TCP), PEER).error());
    TurnClient client = allocated();
    assertEquals(403, connect(client, PEER).error());
    assertEquals(403, connect(client, TurnScenario.at("127.0.0.1", 80)).error());
    assertEquals(443, connect(client, TurnScenario.PEER6).error());
    assertEquals(400, client.ask(StunMethod.CONNECT, TurnClient.NOTHING).error());
    TurnClient datagrams = scenario.client(Transport.TCP);
    datagrams.allocate();
    assertEquals(400, connect(datagrams, TurnScenario.at("198.51.99.1", 80)).error());
    assertEquals(List.of(), orders(TurnEffect.Connect.class));
  }

  @Test
  void anAllocationHasSoManyConnectionsAndNoMore() {
    TurnClient client = allocated();
    for (int i = 0; i < TcpRelayConnections.MOST; i++) {
      assertNull(connect(client, at(8000 + i)));
    }
    assertEquals(508, connect(client, at(9000)).error());
    client.permit(PEER);
    assertEquals(-1, accepted(1));
  }

  @Test
  void aPermittedPeersConnectionIsToldToTheClient() {
    TurnClient client = allocated();
    client.permit(PEER);
    scenario.effects.sent();
    int connection = accepted(2);
    assertNotEquals(-1, connection);
    TurnAnswer attempt = TurnAnswer.of(client.arrived().getLast());
    assertEquals(StunMethod.CONNECTION_ATTEMPT, attempt.message().method());
    assertEquals(connection, attempt.u32(StunAttribute.CONNECTION_ID));
    assertEquals(at(2), attempt.xorAddress(StunAttribute.XOR_PEER_ADDRESS));
  }

  @Test
  void otherPeersAreClosed() {
    TurnClient client = allocated();
    assertEquals(-1, accepted(1));
    client.permit(PEER);
    scenario.pass(300);
    assertEquals(-1, accepted(1));
    assertEquals(-1, scenario.server.accepted(77, PEER, scenario.clock.now()));
  }

  @Test
  void connectionBindJoinsTheTwo() {
    TurnClient client = allocated();
    client.permit(PEER);
    int connection = accepted(2);
    TurnClient data = scenario.client(Transport.TCP);
    TurnAnswer answer = bind(data, connection);
    assertEquals(TurnAnswer.SUCCESS, answer.error());
    assertEquals(List.of(new TurnEffect.Bridge(connection, data.path())), scenario.orders());
    // Bound, it has no time of its own.
    scenario.pass(60);
    assertEquals(List.of(), scenario.orders());
    assertEquals(400, bind(scenario.client(Transport.TCP), connection).error());
  }

  @Test
  void connectionBindMayComeOverTlsForAnAllocationOverTcp() {
    int connection = standing(allocated(), PEER);
    assertEquals(0, bind(scenario.client(Transport.TLS), connection).error());
  }

  @Test
  void connectionBindIsRefusedWhereItMustBe() {
    TurnClient client = allocated();
    int connection = standing(client, PEER);
    assertEquals(400, bind(scenario.client(Transport.TCP), connection ^ 2).error());
    assertEquals(400, bind(scenario.client(Transport.UDP), connection).error());
    assertEquals(400, bind(client, connection).error());
    assertEquals(441, bind(scenario.client(Transport.TCP, "bob"), connection).error());
    TurnClient data = scenario.client(Transport.TCP);
    assertEquals(400, data.ask(StunMethod.CONNECTION_BIND, TurnClient.NOTHING).error());
    assertEquals(
        400,
        data.ask(StunMethod.CONNECTION_BIND, w -> w.u64(StunAttribute.CONNECTION_ID, connection))
            .error());
    assertEquals(List.of(), orders(TurnEffect.Bridge.class));
    assertEquals(0, bind(data, connection).error());
  }

  @Test
  void aConnectionThatStillConnectsCannotBeBound() {
    TurnClient client = allocated();
    connect(client, PEER);
    int connection = ordered(TurnEffect.Connect.class).connection();
    assertEquals(400, bind(scenario.client(Transport.TCP), connection).error());
  }

  @Test
  void whatIsNotBoundIn30SecondsIsClosed() {
    TurnClient client = allocated();
    client.permit(PEER);
    int accepted = accepted(2);
    client.arrived();
    scenario.pass(20);
    int connected = standing(client, at(3));
    scenario.pass(10);
    assertEquals(List.of(new TurnEffect.Disconnect(accepted)), scenario.orders());
    scenario.pass(20);
    assertEquals(List.of(new TurnEffect.Disconnect(connected)), scenario.orders());
    assertEquals(400, bind(scenario.client(Transport.TCP), connected).error());
  }

  @Test
  void aPeerThatLeavesMakesRoomForItself() {
    TurnClient client = allocated();
    int connection = standing(client, PEER);
    scenario.server.disconnected(connection, scenario.clock.now());
    assertEquals(400, bind(scenario.client(Transport.TCP), connection).error());
    assertNull(connect(client, PEER));
  }

  @Test
  void everythingEndsWithTheAllocation() {
    TurnClient client = allocated();
    int bound = standing(client, PEER);
    bind(scenario.client(Transport.TCP), bound);
    int unbound = standing(client, at(2));
    connect(client, at(3));
    scenario.orders();
    assertTrue(scenario.server.held() > 0);
    client.refresh(0);
    assertEquals(List.of(new TurnEffect.CloseRelay(0)), scenario.orders());
    assertEquals(0, scenario.server.held());
    assertEquals(400, bind(scenario.client(Transport.TCP), unbound).error());
    scenario.server.disconnected(bound, scenario.clock.now());
  }

  @Test
  void everythingEndsWithTheControlConnection() {
    TurnClient client = allocated();
    standing(client, PEER);
    scenario.close(client.path());
    assertEquals(0, scenario.server.held());
  }

  @Test
  void aConnectionOfAnotherLoopIsAskedForThere() {
    TurnScenario other = new TurnScenario(TurnScenario.policy(), TurnScenario.place(1, 2));
    scenario = new TurnScenario(TurnScenario.policy(), TurnScenario.place(0, 2));
    int connection = standing(allocated(), PEER);
    assertEquals(0, connection % 2);
    // Not from the port of the control connection.
    other.client();
    TurnClient data = other.client(Transport.TCP);
    assertNull(bind(data, connection));
    TurnEffect.PassOn passed = (TurnEffect.PassOn) other.orders().getLast();
    assertEquals(0, passed.loop());
    assertEquals(data.path(), passed.path());
    scenario.effects.sent();
    scenario.receive(passed.message(), passed.path());
    assertEquals(
        List.of(
            new TurnEffect.Bridge(connection, data.path()), new TurnEffect.TakeBack(data.path())),
        scenario.orders());
  }

  @Test
  void idsAreNotGuessedFromEachOther() {
    TurnClient client = allocated();
    int first = standing(client, at(1));
    int second = standing(client, at(2));
    int third = standing(client, at(3));
    assertFalse(second - first == third - second);
  }

  private static TransportAddress at(int port) {
    return new TransportAddress(PEER.high(), PEER.low(), port);
  }

  private TurnClient allocated() {
    TurnClient client = scenario.client(Transport.TCP);
    assertEquals(TurnAnswer.SUCCESS, allocate(client).error());
    scenario.orders();
    return client;
  }

  private static TurnAnswer allocate(TurnClient client) {
    return client.ask(StunMethod.ALLOCATE, w -> w.u32(StunAttribute.REQUESTED_TRANSPORT, 6 << 24));
  }

  private static TurnAnswer connect(TurnClient client, TransportAddress peer) {
    return client.ask(StunMethod.CONNECT, w -> w.xorAddress(StunAttribute.XOR_PEER_ADDRESS, peer));
  }

  private static TurnAnswer bind(TurnClient client, int connection) {
    return client.ask(
        StunMethod.CONNECTION_BIND, w -> w.u32(StunAttribute.CONNECTION_ID, connection));
  }

  /// A connection to a peer that stands and is not bound; its number.
  private int standing(TurnClient client, TransportAddress peer) {
    connect(client, peer);
    int connection = ordered(TurnEffect.Connect.class).connection();
    scenario.server.connected(connection, scenario.clock.now());
    assertEquals(TurnAnswer.SUCCESS, last(client).error());
    return connection;
  }

  /// A peer connects to relay 0 from this port.
  private int accepted(int port) {
    return scenario.server.accepted(0, at(port), scenario.clock.now());
  }

  private static TurnAnswer last(TurnClient client) {
    TurnAnswer answer = TurnAnswer.of(client.arrived().getLast());
    assertNotEquals(StunMessage.NONE, answer.message().length());
    return answer;
  }

  private <T extends TurnEffect> List<T> orders(Class<T> kind) {
    return scenario.orders().stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  private <T extends TurnEffect> T ordered(Class<T> kind) {
    return orders(kind).getLast();
  }
}
