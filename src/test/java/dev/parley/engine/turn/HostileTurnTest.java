package dev.parley.engine.turn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.media.Counter;
import dev.parley.protocol.stun.StunAttribute;
import dev.parley.protocol.stun.StunMethod;
import dev.parley.protocol.stun.StunWriter;
import dev.parley.wire.FiveTuple;
import dev.parley.wire.Transport;
import dev.parley.wire.TransportAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Clients that mean no good.
class HostileTurnTest {
  private final TurnScenario scenario = new TurnScenario();

  @Test
  void aFloodOfFirstRequestsLeavesNothing() {
    byte[] request = bare();
    for (int i = 0; i < 20_000; i++) {
      TransportAddress source = TransportAddress.ipv4(0x0a000000 + i, 1000 + (i & 0xfff));
      scenario.receive(request, new FiveTuple(Transport.UDP, TurnScenario.SERVER, source));
      scenario.effects.sent();
    }
    assertEquals(0, scenario.server.held());
    assertEquals(20_000L, scenario.tally.counts().get(Counter.TURN_REFUSED_401));
  }

  @Test
  void oneSourceIsNotAnsweredForEver() {
    byte[] request = bare();
    FiveTuple path = scenario.client().path();
    for (int i = 0; i < 20_000; i++) {
      scenario.receive(request, path);
    }
    int answered = scenario.effects.sent().size();
    assertTrue(answered > 10 && answered < 10_000, "answered " + answered);
    assertEquals(20_000L - answered, scenario.tally.counts().get(Counter.TURN_UNANSWERED));
  }

  @Test
  void requestsOfStrangersGrowNothing() {
    TurnClient client = scenario.client();
    client.allocate();
    int held = scenario.server.held();
    List<byte[]> wrong = new ArrayList<>();
    for (StunMethod method : StunMethod.values()) {
      byte[] request = client.signed(method, w -> w.u32(StunAttribute.LIFETIME, 0));
      request[request.length - 5] ^= 1;
      wrong.add(request);
    }
    for (int i = 0; i < 1000; i++) {
      wrong.forEach(request -> scenario.receive(request, client.path()));
    }
    assertEquals(held, scenario.server.held());
    assertEquals(0, client.refresh(600).error());
  }

  @Test
  void aReplayedRequestFromElsewhereIsNotTheClients() {
    TurnClient client = scenario.client();
    client.allocate();
    byte[] release = client.signed(StunMethod.REFRESH, w -> w.u32(StunAttribute.LIFETIME, 0));
    TransportAddress elsewhere = TurnScenario.at("192.0.2.66", 6666);
    scenario.receive(release, new FiveTuple(Transport.UDP, TurnScenario.SERVER, elsewhere));
    // The nonce is bound to the client's address.
    TurnAnswer answer = TurnAnswer.of(scenario.effects.sent().getLast().octets());
    assertEquals(438, answer.error());
    assertEquals(0, client.refresh(600).error());
  }

  @Test
  void anAnswerToNobodyDoesNotReachTheNextClientOfThePath() {
    scenario.opening = false;
    TurnClient client = scenario.client(Transport.TCP);
    assertNull(client.allocate());
    TurnEffect.OpenRelay first = scenario.relay();
    scenario.close(client.path());
    assertNull(client.allocate());
    TurnEffect.OpenRelay second = scenario.relay();
    scenario.server.opened(first.relay(), scenario.clock.now());
    scenario.server.refused(first.relay(), true, scenario.clock.now());
    assertEquals(List.of(), client.arrived());
    scenario.server.opened(second.relay(), scenario.clock.now());
    assertEquals(second.relayed(), TurnAnswer.of(client.arrived().getLast()).relayed());
  }

  @Test
  void twentyThousandAllocationsMadeAndEndedLeaveNothing() {
    for (int i = 0; i < 20_000; i++) {
      TurnClient client = scenario.client(Transport.UDP);
      client.allocate(w -> w.octets(StunAttribute.EVEN_PORT, new byte[] {-128}, 0, 1));
      client.bind(0x4000, TurnScenario.PEER);
      if (i % 2 == 0) {
        client.refresh(0);
      } else {
        scenario.pass(601);
      }
      if (i % 1000 == 0) {
        scenario.orders();
      }
    }
    assertEquals(0, scenario.server.held());
    assertEquals(0, scenario.quotas.reserved);
    assertEquals(0, scenario.quotas.ports);
  }

  private static byte[] bare() {
    byte[] octets = new byte[28];
    new StunWriter()
        .request(octets, 0, StunMethod.ALLOCATE, new byte[12])
        .u32(StunAttribute.REQUESTED_TRANSPORT, 17 << 24);
    return octets;
  }
}
