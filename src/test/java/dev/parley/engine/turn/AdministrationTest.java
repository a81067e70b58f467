package dev.parley.engine.turn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.media.AllocationView;
import dev.parley.media.MediaCommand;
import dev.parley.media.MediaEvent;
import dev.parley.wire.Transport;
import dev.parley.wire.TransportAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What the enterprise half orders.
class AdministrationTest {
  private final TurnScenario scenario = new TurnScenario();
  private final TurnClient client = scenario.client();

  private AllocationView listed() {
    scenario.command(new MediaCommand.ListAllocations(7, 10));
    MediaEvent.Allocations told = (MediaEvent.Allocations) scenario.told().getLast();
    assertEquals(7, told.question());
    return told.allocations().getFirst();
  }

  @Test
  void allocationsAreListed() {
    TurnAnswer answer = client.allocate();
    client.permit(TurnScenario.PEER, TurnScenario.at("203.0.114.8", 1));
    client.bind(0x4000, TurnScenario.PEER);
    scenario.receive(client.sendIndication(TurnScenario.PEER, new byte[100], false), client.path());
    scenario.pass(100);
    AllocationView view = listed();
    assertEquals("alice", view.user());
    assertEquals("udp", view.transport());
    assertEquals("parley", view.realm());
    assertEquals(client.path().remote().literal(), view.client());
    assertEquals(List.of(answer.relayed().literal()), view.relayed());
    assertEquals(100, view.age());
    assertEquals(500, view.expires());
    assertEquals(2, view.permissions());
    assertEquals(1, view.channels());
    assertEquals(1, view.packetsOut());
    assertEquals(100, view.octetsOut());
    scenario.client().allocate();
    scenario.command(new MediaCommand.ListAllocations(8, 1));
    MediaEvent.Allocations told = (MediaEvent.Allocations) scenario.told().getLast();
    assertEquals(1, told.allocations().size());
    assertEquals(2, told.total());
  }

  @Test
  void oneAllocationIsEnded() {
    TurnClient stream = scenario.client(Transport.TCP);
    stream.allocate();
    TurnEffect.OpenRelay open = scenario.relay();
    String id = listed().id();
    scenario.command(new MediaCommand.EndAllocation(9, id));
    assertEquals(new MediaEvent.AllocationsEnded(0, 9, 1), scenario.told().getLast());
    assertEquals(
        List.of(new TurnEffect.CloseRelay(open.relay()), new TurnEffect.CloseClient(stream.path())),
        scenario.orders());
    scenario.command(new MediaCommand.EndAllocation(9, id));
    assertEquals(new MediaEvent.AllocationsEnded(0, 9, 0), scenario.told().getLast());
  }

  @Test
  void revokedUsersLoseWhatTheyHave() {
    client.allocate();
    scenario.client().allocate();
    TurnClient other = scenario.client(Transport.UDP, "bob");
    other.allocate();
    long until = scenario.wall().getEpochSecond() + 100_000;
    scenario.command(new MediaCommand.RevokeTurn(3, "parley", "alice", null, until));
    assertEquals(new MediaEvent.AllocationsEnded(0, 3, 2), scenario.told().getLast());
    assertEquals(401, client.allocate().error());
    assertEquals(0, other.refresh(600).error());
    assertEquals(1, scenario.quotas.reserved);
  }

  @Test
  void newRulesEndPermissionsAndChannels() {
    client.allocate();
    TurnEffect.OpenRelay open = scenario.relay();
    TransportAddress kept = TurnScenario.at("203.0.115.1", 1);
    client.permit(TurnScenario.PEER, kept);
    client.bind(0x4000, TurnScenario.PEER);
    scenario.orders();
    scenario.command(
        new MediaCommand.FollowPolicy(
            TurnScenario.policy(List.of("203.0.114.0/24"), true, List.of())));
    assertEquals(
        List.of(new TurnEffect.RouteDown(open.relay(), client.path(), 0x4000)), scenario.orders());
    client.arrived();
    scenario.fromPeer(open, new byte[1], TurnScenario.PEER);
    assertEquals(0, client.arrived().size());
    scenario.fromPeer(open, new byte[1], kept);
    assertEquals(1, client.arrived().size());
    assertEquals(403, client.permit(TurnScenario.PEER).error());
  }

  @Test
  void anAllocationEndsWithItsRealm() {
    client.allocate();
    var policy = TurnScenario.policy();
    scenario.command(
        new MediaCommand.FollowPolicy(
            new dev.parley.media.TurnPolicy(
                List.of(TurnScenario.realm("other")),
                policy.allow(),
                policy.deny(),
                policy.guarded(),
                List.of(),
                policy.node(),
                0,
                true,
                List.of(),
                null)));
    assertEquals(0, scenario.server.held());
  }
}
