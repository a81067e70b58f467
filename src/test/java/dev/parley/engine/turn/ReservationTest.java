package dev.parley.engine.turn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
  void aReservedPortThatCannotBeBoundIsNoCapacity() {
    TurnAnswer first = even(scenario.client(), true);
    scenario.foreign.add(first.relayed().port() + 1);
    assertEquals(
        508, redeem(scenario.client(), first.u64(StunAttribute.RESERVATION_TOKEN)).error());
    assertEquals(1, scenario.quotas.ports);
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
