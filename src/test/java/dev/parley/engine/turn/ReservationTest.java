package dev.parley.engine.turn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.media.Counter;
import dev.parley.media.MediaCommand;
import dev.parley.protocol.stun.StunAttribute;
import dev.parley.protocol.stun.StunMethod;
import dev.parley.wire.Transport;
import java.util.List;
import org.junit.jupiter.api.Test;

/// EVEN-PORT and RESERVATION-TOKEN (RFC 8656, sections 7.2, 18.7 and 18.10).
class ReservationTest {
  private TurnScenario scenario = new TurnScenario();

  private TurnAnswer even(TurnClient client, boolean reserve) {
    return client.allocate(
        w -> w.octets(StunAttribute.EVEN_PORT, new byte[] {(byte) (reserve ? 128 : 0)}, 0, 1));
  }

  private TurnAnswer redeem(TurnClient client, long token) {
    return client.allocate(w -> w.u64(StunAttribute.RESERVATION_TOKEN, token));
  }

  @Test
  void anEvenPortIsEven() {
    for (int i = 0; i < 20; i++) {
      TurnAnswer answer = even(scenario.client(), false);
      assertEquals(0, answer.relayed().port() % 2);
      assertEquals(false, answer.has(StunAttribute.RESERVATION_TOKEN));
    }
    assertEquals(20, scenario.quotas.ports);
  }

  @Test
  void theNextPortIsKeptForTheHolderOfTheToken() {
    TurnAnswer first = even(scenario.client(), true);
    assertEquals(2, scenario.quotas.ports);
    TurnAnswer second = redeem(scenario.client(), first.u64(StunAttribute.RESERVATION_TOKEN));
    assertEquals(0, second.error());
    assertEquals(first.relayed().port() + 1, second.relayed().port());
    assertEquals(2, scenario.quotas.ports);
    assertEquals(
        508, redeem(scenario.client(), first.u64(StunAttribute.RESERVATION_TOKEN)).error());
  }

  @Test
  void aTokenIsGoodForThirtySeconds() {
    TurnAnswer first = even(scenario.client(), true);
    scenario.pass(30);
    assertEquals(1, scenario.quotas.ports);
    assertEquals(
        508, redeem(scenario.client(), first.u64(StunAttribute.RESERVATION_TOKEN)).error());
  }

  @Test
  void aTokenIsGoodForWhoGotIt() {
    TurnAnswer first = even(scenario.client(), true);
    TurnClient other = scenario.client(Transport.UDP, "bob");
    assertEquals(508, redeem(other, first.u64(StunAttribute.RESERVATION_TOKEN)).error());
    assertEquals(508, redeem(scenario.client(), 42).error());
  }

  @Test
  void aTokenEndsWithItsAllocation() {
    TurnClient client = scenario.client();
    TurnAnswer first = even(client, true);
    client.refresh(0);
    assertEquals(0, scenario.server.held());
    assertEquals(0, scenario.quotas.ports);
    assertEquals(
        508, redeem(scenario.client(), first.u64(StunAttribute.RESERVATION_TOKEN)).error());
  }

  @Test
  void aRetransmissionGetsTheSameToken() {
    TurnClient client = scenario.client();
    client.refresh(0);
    byte[] request =
        client.signed(
            StunMethod.ALLOCATE,
            w ->
                w.u32(StunAttribute.REQUESTED_TRANSPORT, 17 << 24)
                    .octets(StunAttribute.EVEN_PORT, new byte[] {-128}, 0, 1));
    byte[] first = client.send(request).message().octets();
    assertArrayEquals(first, client.send(request).message().octets());
  }

  @Test
  void aTokenStandsAlone() {
    TurnClient client = scenario.client();
    long token = even(scenario.client(), true).u64(StunAttribute.RESERVATION_TOKEN);
    assertEquals(
        400,
        client
            .allocate(
                w ->
                    w.u64(StunAttribute.RESERVATION_TOKEN, token)
                        .octets(StunAttribute.EVEN_PORT, new byte[1], 0, 1))
            .error());
    for (StunAttribute family :
        List.of(StunAttribute.REQUESTED_ADDRESS_FAMILY, StunAttribute.ADDITIONAL_ADDRESS_FAMILY)) {
      assertEquals(
          400,
          client
              .allocate(w -> w.u64(StunAttribute.RESERVATION_TOKEN, token).u32(family, 2 << 24))
              .error());
    }
    assertEquals(
        400,
        client.allocate(w -> w.octets(StunAttribute.RESERVATION_TOKEN, new byte[4], 0, 4)).error());
    assertEquals(
        400, client.allocate(w -> w.octets(StunAttribute.EVEN_PORT, new byte[2], 0, 2)).error());
    assertEquals(0, redeem(client, token).error());
  }

  @Test
  void aReservedPortIsBoundWhenItIsPromised() {
    scenario.opening = false;
    TurnClient client = scenario.client();
    assertNull(even(client, true));
    List<TurnEffect.OpenRelay> ordered = opened();
    assertEquals(2, ordered.size());
    assertEquals(ordered.getFirst().local().port() + 1, ordered.getLast().local().port());
    scenario.server.opened(ordered.getFirst().relay(), scenario.clock.now());
    assertEquals(List.of(), client.arrived());
    scenario.server.opened(ordered.getLast().relay(), scenario.clock.now());
    TurnAnswer answer = TurnAnswer.of(client.arrived().getLast());
    assertEquals(ordered.getFirst().relayed(), answer.relayed());
    assertTrue(answer.has(StunAttribute.RESERVATION_TOKEN));
  }

  @Test
  void theSocketOfARedeemedTokenIsTheOneThatWasKept() {
    TurnAnswer first = even(scenario.client(), true);
    TurnEffect.OpenRelay kept = scenario.relay();
    TurnClient client = scenario.client();
    redeem(client, first.u64(StunAttribute.RESERVATION_TOKEN));
    client.bind(0x4000, TurnScenario.PEER);
    TurnEffect.RouteUp up = (TurnEffect.RouteUp) scenario.orders().getFirst();
    assertEquals(kept.relay(), up.relay());
    assertEquals(client.path(), up.client());
    client.refresh(0);
    assertEquals(List.of(new TurnEffect.CloseRelay(kept.relay())), scenario.orders());
    assertEquals(1, scenario.quotas.ports);
  }

  @Test
  void theSocketOfATokenThatNobodyRedeemsIsClosed() {
    TurnClient client = scenario.client();
    even(client, true);
    TurnEffect.OpenRelay kept = scenario.relay();
    scenario.pass(29);
    assertEquals(List.of(), scenario.orders());
    scenario.pass(1);
    assertEquals(List.of(new TurnEffect.CloseRelay(kept.relay())), scenario.orders());
    client.refresh(0);
    assertEquals(0, scenario.server.held());
    assertEquals(0, scenario.quotas.ports);
  }

  @Test
  void aRedeemedTokenOutlivesTheAllocationItCameWith() {
    TurnClient client = scenario.client();
    TurnAnswer first = even(client, true);
    TurnEffect.OpenRelay kept = scenario.relay();
    TurnClient holder = scenario.client();
    redeem(holder, first.u64(StunAttribute.RESERVATION_TOKEN));
    client.refresh(0);
    scenario.pass(60);
    assertFalse(scenario.orders().contains(new TurnEffect.CloseRelay(kept.relay())));
    assertEquals(0, holder.permit(TurnScenario.PEER).error());
    holder.refresh(0);
    assertEquals(List.of(new TurnEffect.CloseRelay(kept.relay())), scenario.orders());
    assertEquals(0, scenario.server.held());
  }

  @Test
  void nothingIsRelayedByASocketThatIsOnlyKept() {
    TurnClient client = scenario.client();
    TurnAnswer first = even(client, true);
    TurnEffect.OpenRelay kept = scenario.relay();
    client.permit(TurnScenario.PEER);
    client.arrived();
    scenario.fromPeer(kept, new byte[] {1, 2, 3}, TurnScenario.PEER);
    assertEquals(List.of(), client.arrived());
    assertEquals(1, scenario.tally.counts().get(Counter.TURN_DROPPED));
    TurnClient holder = scenario.client();
    redeem(holder, first.u64(StunAttribute.RESERVATION_TOKEN));
    scenario.fromPeer(kept, new byte[] {1, 2, 3}, TurnScenario.PEER);
    assertEquals(1, scenario.tally.counts().get(Counter.TURN_PERMISSION_DENIALS));
    holder.permit(TurnScenario.PEER);
    holder.arrived();
    scenario.fromPeer(kept, new byte[] {1, 2, 3}, TurnScenario.PEER);
    assertEquals(1, holder.arrived().size());
  }

  @Test
  void aPairOfWhichOnePortIsHeldByOthersIsAnotherPair() {
    for (int port = TurnScenario.FIRST_PORT; port < TurnScenario.LAST_PORT - 8; port += 2) {
      scenario.foreign.add(port + (port / 2) % 2);
    }
    int made = 0;
    for (int i = 0; i < 8; i++) {
      TurnClient client = scenario.client();
      TurnAnswer answer = even(client, true);
      made += answer.error() == 0 ? 1 : 0;
      assertEquals(answer.error() == 0, answer.has(StunAttribute.RESERVATION_TOKEN));
    }
    assertEquals(4, made);
    assertEquals(8, scenario.quotas.ports);
    assertEquals(8, open());
  }

  @Test
  void aPairThatCannotBeHadIsNoCapacityAndLeavesNothing() {
    for (int port = TurnScenario.FIRST_PORT; port < TurnScenario.LAST_PORT; port += 2) {
      scenario.foreign.add(port + 1);
    }
    TurnAnswer answer = even(scenario.client(), true);
    assertEquals(508, answer.error());
    assertFalse(answer.has(StunAttribute.RESERVATION_TOKEN));
    assertEquals(0, open());
    assertEquals(0, scenario.server.held());
    assertEquals(0, scenario.quotas.ports);
    assertEquals(0, scenario.quotas.reserved);
    assertEquals(0, even(scenario.client(), false).error());
  }

  @Test
  void aSocketThatCannotBeMadeTakesTheOtherWithIt() {
    for (int missed = 0; missed < 2; missed++) {
      scenario = new TurnScenario();
      scenario.opening = false;
      TurnClient client = scenario.client();
      assertNull(even(client, true));
      List<TurnEffect.OpenRelay> ordered = opened();
      scenario.server.opened(ordered.get(1 - missed).relay(), scenario.clock.now());
      scenario.server.refused(ordered.get(missed).relay(), false, scenario.clock.now());
      assertEquals(508, TurnAnswer.of(client.arrived().getLast()).error());
      assertEquals(
          List.of(new TurnEffect.CloseRelay(ordered.get(1 - missed).relay())),
          scenario.effects.ordered());
      assertEquals(0, scenario.server.held());
      assertEquals(0, scenario.quotas.ports);
    }
  }

  @Test
  void aClientThatGoesBeforeBothAreBoundLeavesNothing() {
    scenario.opening = false;
    TurnClient client = scenario.client(Transport.TCP);
    assertNull(even(client, true));
    List<TurnEffect.OpenRelay> ordered = opened();
    scenario.server.opened(ordered.getFirst().relay(), scenario.clock.now());
    scenario.close(client.path());
    assertEquals(
        ordered.stream().map(open -> new TurnEffect.CloseRelay(open.relay())).toList(),
        scenario.orders());
    scenario.server.opened(ordered.getLast().relay(), scenario.clock.now());
    assertEquals(0, scenario.server.held());
    assertEquals(0, scenario.quotas.ports);
  }

  @Test
  void anotherClientWithTheTokenHarmsNobody() {
    TurnAnswer first = even(scenario.client(), true);
    scenario.orders();
    long token = first.u64(StunAttribute.RESERVATION_TOKEN);
    assertEquals(508, redeem(scenario.client(Transport.UDP, "bob"), token).error());
    assertEquals(List.of(), scenario.orders());
    assertEquals(0, redeem(scenario.client(), token).error());
  }

  @Test
  void aHolderWithoutQuotaSpendsTheToken() {
    TurnAnswer first = even(scenario.client(), true);
    TurnEffect.OpenRelay kept = scenario.relay();
    scenario.quotas.allocationsOfUser = 1;
    long token = first.u64(StunAttribute.RESERVATION_TOKEN);
    assertEquals(486, redeem(scenario.client(), token).error());
    assertEquals(List.of(new TurnEffect.CloseRelay(kept.relay())), scenario.orders());
    assertEquals(1, scenario.quotas.ports);
    assertEquals(508, redeem(scenario.client(), token).error());
  }

  @Test
  void aNodeThatDrainsRedeemsNoTokenAndClosesItsSocket() {
    TurnClient client = scenario.client();
    TurnAnswer first = even(client, true);
    TurnEffect.OpenRelay kept = scenario.relay();
    scenario.command(
        new MediaCommand.FollowPolicy(TurnScenario.policy(List.of(), false, List.of())));
    assertEquals(
        508, redeem(scenario.client(), first.u64(StunAttribute.RESERVATION_TOKEN)).error());
    scenario.pass(30);
    assertEquals(List.of(new TurnEffect.CloseRelay(kept.relay())), scenario.orders());
    client.refresh(0);
    assertEquals(0, scenario.server.held());
  }

  @Test
  void aPairOfIpv6IsKeptToo() {
    TurnClient client = scenario.client6();
    TurnAnswer first =
        client.allocate(
            w ->
                w.u32(StunAttribute.REQUESTED_ADDRESS_FAMILY, 2 << 24)
                    .octets(StunAttribute.EVEN_PORT, new byte[] {-128}, 0, 1));
    TurnEffect.OpenRelay kept = scenario.relay();
    TurnAnswer second = redeem(scenario.client6(), first.u64(StunAttribute.RESERVATION_TOKEN));
    assertEquals(kept.relayed(), second.relayed());
    assertFalse(second.relayed().ipv4());
    assertEquals(2, scenario.quotas.ports);
  }

  private List<TurnEffect.OpenRelay> opened() {
    return scenario.orders().stream()
        .filter(TurnEffect.OpenRelay.class::isInstance)
        .map(TurnEffect.OpenRelay.class::cast)
        .toList();
  }

  /// How many sockets are bound now, by the orders since the last call.
  private int open() {
    int open = 0;
    for (TurnEffect effect : scenario.orders()) {
      open +=
          switch (effect) {
            case TurnEffect.OpenRelay order ->
                scenario.foreign.contains(order.local().port()) ? 0 : 1;
            case TurnEffect.CloseRelay close -> -1;
            default -> 0;
          };
    }
    return open;
  }

  @Test
  void aPairWhoseEvenPortSomebodyHoldsIsAnotherPair() {
    for (int port = TurnScenario.FIRST_PORT; port < TurnScenario.LAST_PORT - 8; port += 2) {
      scenario.foreign.add(port);
    }
    int made = 0;
    for (int i = 0; i < 8; i++) {
      made += even(scenario.client(), true).error() == 0 ? 1 : 0;
    }
    assertEquals(4, made);
    assertEquals(8, scenario.quotas.ports);
  }

  @Test
  void aTokenOfAnotherLoopTakesTheClientThere() {
    TurnScenario first = new TurnScenario(TurnScenario.policy(), TurnScenario.place(1, 3));
    TurnScenario second = new TurnScenario(TurnScenario.policy(), TurnScenario.place(2, 3));
    second.client();
    TurnAnswer made = even(first.client(), true);
    assertEquals(1, TurnPlace.owner(made.relayed().port(), 3));
    long token = made.u64(StunAttribute.RESERVATION_TOKEN);
    TurnClient client = second.client();
    assertNull(redeem(client, token));
    TurnEffect.PassOn on = (TurnEffect.PassOn) second.orders().getLast();
    assertEquals(client.path(), on.path());
    assertEquals(1, on.loop());
    // The other loop knows the client by the same nonce, secret and ticket.
    first.orders();
    first.receive(on.message(), on.path());
    TurnAnswer answer = TurnAnswer.of(first.effects.sent().getLast().octets());
    assertEquals(made.relayed().port() + 1, answer.relayed().port());
    first.orders();
    first.pass(600);
    assertTrue(first.orders().contains(new TurnEffect.TakeBack(client.path())));
    // A token nobody knows sends the path back.
    TurnClient wrong = second.client();
    assertNull(redeem(wrong, token ^ 1));
    TurnEffect.PassOn astray = (TurnEffect.PassOn) second.orders().getLast();
    first.receive(astray.message(), astray.path());
    assertEquals(List.of(new TurnEffect.TakeBack(wrong.path())), first.orders());
  }
}
