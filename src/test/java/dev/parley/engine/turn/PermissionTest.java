package dev.parley.engine.turn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.media.Counter;
import dev.parley.protocol.stun.StunAttribute;
import dev.parley.protocol.stun.StunMethod;
import dev.parley.wire.TransportAddress;
import org.junit.jupiter.api.Test;

/// RFC 8656, sections 9 and 10.
class PermissionTest {
  private static final byte[] DATA = {1, 2, 3};

  private final TurnScenario scenario = new TurnScenario();
  private final TurnClient client = scenario.client();
  private TurnEffect.OpenRelay relay;

  private void allocate() {
    client.allocate();
    relay = scenario.relay();
  }

  private boolean reaches(TransportAddress peer) {
    client.arrived();
    scenario.fromPeer(relay, DATA, peer);
    return !client.arrived().isEmpty();
  }

  @Test
  void lastsThreeHundredSecondsUnlessRefreshed() {
    allocate();
    assertFalse(reaches(TurnScenario.PEER));
    assertEquals(0, client.permit(TurnScenario.PEER).error());
    assertTrue(reaches(TurnScenario.PEER));
    scenario.pass(299);
    assertTrue(reaches(TurnScenario.PEER));
    client.permit(TurnScenario.PEER);
    scenario.pass(299);
    assertTrue(reaches(TurnScenario.PEER));
    scenario.pass(1);
    assertFalse(reaches(TurnScenario.PEER));
    assertEquals(2L, scenario.tally.counts().get(Counter.TURN_PERMISSION_DENIALS));
  }

  @Test
  void isOfAnAddressWhateverThePort() {
    allocate();
    client.permit(TurnScenario.PEER);
    assertTrue(reaches(TurnScenario.at("203.0.114.7", 9)));
    assertFalse(reaches(TurnScenario.at("203.0.114.8", 7000)));
  }

  @Test
  void severalPeersAreAllPermittedOrNone() {
    allocate();
    TransportAddress second = TurnScenario.at("203.0.114.8", 1);
    TransportAddress forbidden = TurnScenario.at("10.0.0.1", 1);
    assertEquals(403, client.permit(TurnScenario.PEER, forbidden, second).error());
    assertFalse(reaches(TurnScenario.PEER));
    assertEquals(443, client.permit(TurnScenario.PEER, TurnScenario.PEER6).error());
    assertFalse(reaches(TurnScenario.PEER));
    assertEquals(0, client.permit(TurnScenario.PEER, second).error());
    assertTrue(reaches(TurnScenario.PEER));
    assertTrue(reaches(second));
    assertEquals(1L, scenario.tally.counts().get(Counter.TURN_REFUSED_403));
  }

  @Test
  void somebodyMustBeNamed() {
    allocate();
    assertEquals(400, client.permit().error());
    TurnAnswer malformed =
        client.ask(
            StunMethod.CREATE_PERMISSION,
            w ->
                w.xorAddress(StunAttribute.XOR_PEER_ADDRESS, TurnScenario.PEER)
                    .octets(StunAttribute.XOR_PEER_ADDRESS, new byte[5], 0, 5));
    assertEquals(400, malformed.error());
    assertFalse(reaches(TurnScenario.PEER));
  }

  @Test
  void needsAnAllocation() {
    assertEquals(437, client.permit(TurnScenario.PEER).error());
  }

  @Test
  void areBounded() {
    allocate();
    TransportAddress[] hundred = new TransportAddress[100];
    int refusal = 0;
    for (int i = 0; i < 400 && refusal == 0; i += 100) {
      for (int j = 0; j < 100; j++) {
        hundred[j] = TransportAddress.ipv4(0x08080000 + i + j, 1);
      }
      refusal = client.permit(hundred).error();
    }
    assertEquals(508, refusal);
    assertTrue(reaches(TransportAddress.ipv4(0x08080000 + 199, 1)));
    assertFalse(reaches(TransportAddress.ipv4(0x08080000 + 200, 1)));
    // All there is still to be refreshed, and what has expired makes room.
    assertEquals(0, client.permit(TransportAddress.ipv4(0x08080000, 1)).error());
    scenario.pass(301);
    client.refresh(600);
    assertEquals(0, client.permit(hundred).error());
  }
}
