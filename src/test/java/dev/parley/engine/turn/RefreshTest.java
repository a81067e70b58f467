package dev.parley.engine.turn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.parley.media.Counter;
import dev.parley.protocol.stun.StunAttribute;
import dev.parley.protocol.stun.StunMethod;
import dev.parley.wire.Transport;
import java.util.List;
import org.junit.jupiter.api.Test;

/// RFC 8656, section 8.
class RefreshTest {
  private final TurnScenario scenario = new TurnScenario();
  private final TurnClient client = scenario.client();

  @Test
  void aRefreshedAllocationLivesOn() {
    client.allocate();
    scenario.pass(599);
    assertEquals(3600, client.refresh(3600).lifetime());
    scenario.orders();
    scenario.pass(3599);
    assertEquals(List.of(), scenario.orders());
    scenario.pass(1);
    assertEquals(1, scenario.orders().size());
    assertEquals(0, scenario.server.held());
  }

  @Test
  void aRefreshMayShortenALifetime() {
    client.allocate(w -> w.u32(StunAttribute.LIFETIME, 3600));
    assertEquals(600, client.refresh(600).lifetime());
    scenario.pass(600);
    assertEquals(0, scenario.server.held());
  }

  @Test
  void aReleasedFiveTupleIsFreeAtOnce() {
    client.allocate();
    TurnEffect.OpenRelay open = scenario.relay();
    TurnAnswer gone = client.refresh(0);
    assertEquals(TurnAnswer.SUCCESS, gone.error());
    assertEquals(0, gone.lifetime());
    assertEquals(List.of(new TurnEffect.CloseRelay(open.relay())), scenario.orders());
    assertEquals(0, scenario.server.held());
    TurnAnswer again = client.allocate();
    assertEquals(TurnAnswer.SUCCESS, again.error());
    assertNotEquals(open.relayed(), again.relayed());
  }

  @Test
  void aLifetimeThatIsMissingIsTheDefault() {
    client.allocate(w -> w.u32(StunAttribute.LIFETIME, 3600));
    assertEquals(600, client.ask(StunMethod.REFRESH, TurnClient.NOTHING).lifetime());
  }

  @Test
  void withoutAnAllocationItIsAMismatch() {
    assertEquals(437, client.refresh(600).error());
    assertEquals(437, client.refresh(0).error());
    assertEquals(2L, scenario.tally.counts().get(Counter.TURN_REFUSED_437));
  }

  @Test
  void aFamilyThatIsNotAllocatedIsAMismatch() {
    client.allocate();
    assertEquals(0, refresh(1, 600).error());
    assertEquals(443, refresh(2, 600).error());
    assertEquals(443, refresh(7, 600).error());
  }

  @Test
  void anotherUserMayNotRefreshNorRelease() {
    client.allocate();
    TurnClient other = scenario.client(Transport.UDP, "bob");
    other.move(client.path());
    assertEquals(441, other.refresh(600).error());
    assertEquals(441, other.refresh(0).error());
    assertEquals(441, other.permit(TurnScenario.PEER).error());
    assertEquals(441, other.bind(0x4000, TurnScenario.PEER).error());
    assertEquals(0, client.refresh(600).error());
    assertEquals(4L, scenario.tally.counts().get(Counter.TURN_REFUSED_441));
  }

  @Test
  void aMalformedLifetimeIsABadRequest() {
    client.allocate();
    TurnAnswer answer =
        client.ask(StunMethod.REFRESH, w -> w.octets(StunAttribute.LIFETIME, new byte[3], 0, 3));
    assertEquals(400, answer.error());
  }

  @Test
  void aWrongPasswordIsNotTold() {
    client.allocate();
    byte[] request = client.signed(StunMethod.REFRESH, TurnClient.NOTHING);
    request[request.length - 1] ^= 1;
    TurnAnswer answer = client.send(request);
    assertEquals(401, answer.error());
    assertEquals(0, client.refresh(600).error());
  }

  private TurnAnswer refresh(int family, int seconds) {
    return client.ask(
        StunMethod.REFRESH,
        w ->
            w.u32(StunAttribute.REQUESTED_ADDRESS_FAMILY, family << 24)
                .u32(StunAttribute.LIFETIME, seconds));
  }
}
