package dev.parley.engine.turn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.protocol.stun.StunAttribute;
import dev.parley.protocol.stun.StunMethod;
import dev.parley.wire.FiveTuple;
import dev.parley.wire.Transport;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// RFC 8016.
class MobilityTest {
  private final TurnScenario scenario = new TurnScenario();
  private final TurnClient client = scenario.client();
  private final TurnEffect.OpenRelay relay;
  private final byte[] ticket;

  MobilityTest() {
    TurnAnswer answer = client.allocate(w -> w.flag(StunAttribute.MOBILITY_TICKET));
    relay = scenario.relay();
    ticket = answer.octets(StunAttribute.MOBILITY_TICKET);
  }

  private TurnAnswer come(TurnClient by, byte[] shown) {
    return by.ask(
        StunMethod.REFRESH, w -> w.octets(StunAttribute.MOBILITY_TICKET, shown, 0, shown.length));
  }

  @Test
  void aTicketIsTextWithoutZeros() {
    assertEquals(32, ticket.length);
    assertTrue(new String(ticket).matches("[A-Za-z0-9_-]{32}"));
  }

  @Test
  void anAllocationMovesWithItsRoutes() {
    client.bind(0x4000, TurnScenario.PEER);
    scenario.orders();
    FiveTuple from = client.path();
    FiveTuple to = scenario.client().path();
    client.move(to);
    TurnAnswer answer = come(client, ticket);
    assertEquals(TurnAnswer.SUCCESS, answer.error());
    assertEquals(600, answer.lifetime());
    List<TurnEffect> orders = scenario.orders();
    assertEquals(new TurnEffect.RouteDown(relay.relay(), from, 0x4000), orders.get(0));
    assertEquals(to, ((TurnEffect.RouteUp) orders.get(1)).client());
    assertEquals(2, orders.size());
    scenario.fromPeer(relay, new byte[1], TurnScenario.PEER);
    assertEquals(1, client.arrived().size());
    // The old path is nobody's; the new ticket is another.
    TurnClient old = scenario.client();
    old.move(from);
    assertEquals(437, old.refresh(600).error());
    assertNotEquals(new String(ticket), new String(answer.octets(StunAttribute.MOBILITY_TICKET)));
  }

  @Test
  void aTicketIsGoodForOneMove() {
    client.move(scenario.client().path());
    byte[] next = come(client, ticket).octets(StunAttribute.MOBILITY_TICKET);
    client.move(scenario.client().path());
    assertEquals(400, come(client, ticket).error());
    assertEquals(0, come(client, next).error());
  }

  @Test
  void aRetransmittedMoveGetsTheSameSuccess() {
    client.move(scenario.client().path());
    assertEquals(437, client.refresh(600).error());
    byte[] request =
        client.signed(
            StunMethod.REFRESH, w -> w.octets(StunAttribute.MOBILITY_TICKET, ticket, 0, 32));
    byte[] first = client.send(request).message().octets();
    assertArrayEquals(first, client.send(request).message().octets());
  }

  @Test
  void aTicketIsOfItsOwner() {
    TurnClient thief = scenario.client(Transport.UDP, "bob");
    assertEquals(441, come(thief, ticket).error());
    assertEquals(0, client.refresh(600).error());
  }

  @Test
  void aForgedTicketIsABadRequest() {
    TurnClient other = scenario.client();
    for (int i = 0; i < ticket.length; i++) {
      byte[] forged = ticket.clone();
      forged[i] = (byte) (forged[i] == 'A' ? 'B' : 'A');
      assertEquals(400, come(other, forged).error());
    }
    assertEquals(400, come(other, new byte[0]).error());
    assertEquals(400, come(other, new byte[32]).error());
    assertEquals(400, come(other, Arrays.copyOf(ticket, 31)).error());
  }

  @Test
  void aTicketOnA5TupleWithAnAllocationIsRefused() {
    assertEquals(400, come(client, ticket).error());
    TurnClient other = scenario.client();
    other.allocate();
    assertEquals(400, come(other, ticket).error());
  }

  @Test
  void anAllocateComesWithAnEmptyTicket() {
    assertEquals(
        400,
        scenario
            .client()
            .allocate(w -> w.octets(StunAttribute.MOBILITY_TICKET, ticket, 0, 32))
            .error());
  }

  @Test
  void aTcpRelayCannotMove() {
    TurnAnswer answer =
        scenario
            .client(Transport.TCP)
            .ask(
                StunMethod.ALLOCATE,
                w ->
                    w.u32(StunAttribute.REQUESTED_TRANSPORT, 6 << 24)
                        .flag(StunAttribute.MOBILITY_TICKET));
    assertEquals(405, answer.error());
  }

  @Test
  void anEndedStreamLeavesAnAllocationThatCanMove() {
    TurnClient stream = scenario.client(Transport.TCP);
    TurnAnswer answer = stream.allocate(w -> w.flag(StunAttribute.MOBILITY_TICKET));
    stream.bind(0x4000, TurnScenario.PEER);
    List<TurnEffect> made = scenario.orders();
    TurnEffect.OpenRelay open = (TurnEffect.OpenRelay) made.getFirst();
    FiveTuple from = stream.path();
    scenario.close(from);
    assertEquals(List.of(new TurnEffect.RouteDown(open.relay(), from, 0x4000)), scenario.orders());
    scenario.fromPeer(open, new byte[1], TurnScenario.PEER);
    assertEquals(List.of(), stream.arrived());
    // Whoever connects from the same port is somebody else.
    TurnClient next = scenario.client(Transport.TCP);
    next.move(from);
    assertEquals(437, next.refresh(600).error());
    stream.move(scenario.client().path());
    assertEquals(0, come(stream, answer.octets(StunAttribute.MOBILITY_TICKET)).error());
    assertEquals(1, scenario.orders().size());
    scenario.pass(600);
    assertEquals(0, scenario.server.held());
  }

  @Test
  void aStreamThatLivesIsClosedWhenItsAllocationMovesAway() {
    TurnClient stream = scenario.client(Transport.TLS);
    TurnAnswer answer = stream.allocate(w -> w.flag(StunAttribute.MOBILITY_TICKET));
    scenario.orders();
    FiveTuple from = stream.path();
    stream.move(scenario.client().path());
    assertEquals(0, come(stream, answer.octets(StunAttribute.MOBILITY_TICKET)).error());
    assertEquals(List.of(new TurnEffect.CloseClient(from)), scenario.orders());
  }

  @Test
  void aTicketOfAnotherLoopTakesTheClientThere() {
    TurnScenario second = new TurnScenario(TurnScenario.policy(), TurnScenario.place(1, 2));
    TurnClient there = second.client();
    TurnAnswer refused = come(there, ticket);
    assertNull(refused);
    TurnEffect.PassOn on = (TurnEffect.PassOn) second.orders().getLast();
    assertEquals(0, on.loop());
    assertEquals(there.path(), on.path());
  }
}
