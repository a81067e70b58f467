package dev.parley.engine.turn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.lab.RecordedEffects;
import dev.parley.media.Counter;
import dev.parley.protocol.stun.StunAttribute;
import dev.parley.protocol.stun.StunMethod;
import dev.parley.protocol.stun.StunWriter;
import dev.parley.wire.FiveTuple;
import dev.parley.wire.Transport;
import dev.parley.wire.TransportAddress;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// RFC 8656, sections 11 and 12.4 to 12.7: what goes by no route.
class RelayingTest {
  private static final byte[] DATA = {9, 8, 7, 6, 5};
  private static final String HEX = "0908070605";

  private TurnScenario scenario = new TurnScenario();
  private TurnClient client = scenario.client();
  private TurnEffect.OpenRelay relay;

  private void allocate() {
    client.allocate();
    relay = scenario.relay();
    client.permit(TurnScenario.PEER);
    scenario.effects.sent();
  }

  private List<RecordedEffects.Sent> sent(byte[] octets) {
    scenario.receive(octets, client.path());
    return scenario.effects.sent();
  }

  private long counted(Counter counter) {
    return scenario.tally.counts().getOrDefault(counter, 0L);
  }

  private RecordedEffects.Sent toPeer() {
    return new RecordedEffects.Sent(
        HEX, new FiveTuple(Transport.UDP, relay.local(), TurnScenario.PEER));
  }

  @Test
  void aSendIndicationGoesToThePeer() {
    allocate();
    assertEquals(List.of(toPeer()), sent(client.sendIndication(TurnScenario.PEER, DATA, false)));
    assertEquals(1, counted(Counter.TURN_PACKETS_OUT));
    assertEquals(5, counted(Counter.TURN_OCTETS_OUT));
  }

  @Test
  void anEmptyDatagramIsADatagram() {
    allocate();
    assertEquals(1, sent(client.sendIndication(TurnScenario.PEER, new byte[0], false)).size());
  }

  @Test
  void dontFragmentIsHanded() {
    allocate();
    assertEquals(List.of(), sent(client.sendIndication(TurnScenario.PEER, DATA, true)));
    TurnEffect.SendWhole whole = (TurnEffect.SendWhole) scenario.orders().getLast();
    assertEquals(relay.relay(), whole.relay());
    assertEquals(TurnScenario.PEER, whole.peer());
    assertArrayEquals(DATA, whole.octets());
  }

  @Test
  void aSendIndicationWithoutPermissionIsDropped() {
    allocate();
    TransportAddress stranger = TurnScenario.at("203.0.114.8", 1);
    assertEquals(List.of(), sent(client.sendIndication(stranger, DATA, false)));
    assertEquals(1, counted(Counter.TURN_PERMISSION_DENIALS));
    scenario.pass(301);
    assertEquals(List.of(), sent(client.sendIndication(TurnScenario.PEER, DATA, false)));
  }

  @Test
  void aSendIndicationToAPortThatIsNoneIsDropped() {
    allocate();
    TransportAddress nowhere = TurnScenario.at("203.0.114.7", 0);
    assertEquals(List.of(), sent(client.sendIndication(nowhere, DATA, false)));
  }

  @Test
  void whatIsMissingSomethingOrTooMuchIsDropped() {
    allocate();
    StunWriter writer = new StunWriter();
    byte[] octets = new byte[2000];
    writer.indication(octets, 0, StunMethod.SEND, new byte[12]);
    assertEquals(List.of(), sent(Arrays.copyOf(octets, writer.length())));
    writer.xorAddress(StunAttribute.XOR_PEER_ADDRESS, TurnScenario.PEER);
    assertEquals(List.of(), sent(Arrays.copyOf(octets, writer.length())));
    writer.octets(StunAttribute.DATA, DATA, 0, 5);
    assertEquals(1, sent(Arrays.copyOf(octets, writer.length())).size());
    writer.flag(StunAttribute.USE_CANDIDATE);
    assertEquals(List.of(), sent(Arrays.copyOf(octets, writer.length())));
    assertEquals(3, counted(Counter.INPUT_MALFORMED));
  }

  @Test
  void indicationsWithoutAnAllocationAreDropped() {
    assertEquals(List.of(), sent(client.sendIndication(TurnScenario.PEER, DATA, false)));
    assertEquals(1, counted(Counter.TURN_DROPPED));
  }

  @Test
  void aPeersDatagramComesAsDataIndication() {
    allocate();
    scenario.fromPeer(relay, DATA, TurnScenario.PEER);
    TurnAnswer data = TurnAnswer.of(client.arrived().getLast());
    assertEquals(StunMethod.DATA, data.message().method());
    assertEquals(TurnScenario.PEER, data.xorAddress(StunAttribute.XOR_PEER_ADDRESS));
    assertArrayEquals(DATA, data.octets(StunAttribute.DATA));
    assertEquals(5, counted(Counter.TURN_OCTETS_IN));
  }

  @Test
  void aPeersDatagramOnAChannelIsPaddedOnStreamsOnly() {
    for (Transport transport : List.of(Transport.UDP, Transport.TCP, Transport.TLS)) {
      client = scenario.client(transport);
      allocate();
      client.bind(0x4abc, TurnScenario.PEER);
      scenario.effects.sent();
      scenario.fromPeer(relay, DATA, TurnScenario.PEER);
      String padding = transport.stream() ? "000000" : "";
      assertEquals(
          List.of(new RecordedEffects.Sent("4abc0005" + HEX + padding, client.path())),
          scenario.effects.sent());
    }
  }

  @Test
  void channelDataWithoutARouteIsRelayed() {
    allocate();
    client.bind(0x4abc, TurnScenario.PEER);
    scenario.effects.sent();
    assertEquals(List.of(toPeer()), sent(TurnClient.channelData(0x4abc, DATA)));
    byte[] padded = Arrays.copyOf(TurnClient.channelData(0x4abc, DATA), 12);
    assertEquals(List.of(toPeer()), sent(padded));
  }

  @Test
  void channelDataThatSaysMoreThanItHasOrHasNoBindingIsDropped() {
    allocate();
    client.bind(0x4abc, TurnScenario.PEER);
    scenario.effects.sent();
    byte[] data = TurnClient.channelData(0x4abc, DATA);
    assertEquals(List.of(), sent(Arrays.copyOf(data, 8)));
    assertEquals(List.of(), sent(Arrays.copyOf(data, 2)));
    assertEquals(2, counted(Counter.INPUT_MALFORMED));
    assertEquals(List.of(), sent(TurnClient.channelData(0x4abd, DATA)));
    assertEquals(1, counted(Counter.TURN_DROPPED));
  }

  @Test
  void whatIsTooLargeForAnIndicationIsDropped() {
    allocate();
    scenario.fromPeer(relay, new byte[65_500], TurnScenario.PEER);
    assertEquals(List.of(), client.arrived());
    assertEquals(1, counted(Counter.TURN_DROPPED));
  }

  @Test
  void whatIsBeyondTheBandwidthIsDropped() {
    scenario =
        new TurnScenario(
            TurnScenario.policy(List.of(), true, List.of(), 10), TurnScenario.place(0, 1));
    client = scenario.client();
    allocate();
    for (int i = 0; i < 3; i++) {
      scenario.receive(client.sendIndication(TurnScenario.PEER, DATA, false), client.path());
      scenario.fromPeer(relay, DATA, TurnScenario.PEER);
    }
    assertEquals(4, scenario.effects.sent().size());
    assertEquals(2, counted(Counter.TURN_BANDWIDTH_DROPS));
    scenario.pass(1);
    assertEquals(1, sent(client.sendIndication(TurnScenario.PEER, DATA, false)).size());
  }

  @Test
  void icmpErrorsAreToldWhereThePeerIsPermitted() {
    allocate();
    long now = scenario.clock.now();
    scenario.server.icmp(relay.relay(), TurnScenario.PEER, 3, 4, 1400, now);
    TurnAnswer told = TurnAnswer.of(client.arrived().getLast());
    assertEquals(TurnScenario.PEER, told.xorAddress(StunAttribute.XOR_PEER_ADDRESS));
    assertEquals((3L << 9 | 4) << 32 | 1400, told.u64(StunAttribute.ICMP));
    assertEquals(false, told.has(StunAttribute.DATA));
    scenario.server.icmp(relay.relay(), TurnScenario.PEER, 5, 0, 0, now);
    scenario.server.icmp(relay.relay(), TurnScenario.at("203.0.114.8", 1), 3, 3, 0, now);
    scenario.server.icmp(999, TurnScenario.PEER, 3, 3, 0, now);
    assertEquals(List.of(), client.arrived());
  }

  @Test
  void aDatagramForARelayThatIsGoneIsDropped() {
    allocate();
    client.refresh(0);
    scenario.effects.sent();
    scenario.fromPeer(relay, DATA, TurnScenario.PEER);
    assertEquals(List.of(), scenario.effects.sent());
  }
}
