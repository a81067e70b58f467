package dev.parley.engine.sfu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.engine.peer.DataVerdict;
import dev.parley.media.ChannelForm;
import dev.parley.media.Counter;
import dev.parley.media.DataMessage;
import dev.parley.media.SfuCommand;
import dev.parley.media.SfuEvent;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Data messages between the members of a room, and who waits for whom.
class ExchangeTest {
  private static final DataMessage MESSAGE = new DataMessage("data", true, new byte[1_000]);

  private final RoomStage stage = new RoomStage();
  private final FakePeer ann = stage.open("ann");
  private final FakePeer bob = stage.open("bob");
  private final FakePeer eve = stage.open("eve");

  private void send(String from, String... to) {
    stage.order(new SfuCommand.SendData(RoomStage.ROOM, from, List.of(to), MESSAGE));
  }

  private static void clear(FakePeer... peers) {
    for (FakePeer peer : peers) {
      peer.orders.clear();
    }
  }

  private List<SfuEvent> told() {
    return stage.told().stream().filter(event -> !(event instanceof SfuEvent.PeerChanged)).toList();
  }

  @Test
  void aMessageGoesToThoseItNamesAndLeavesAtTheEndOfTheTurn() {
    clear(ann, bob, eve);
    int flushed = bob.flushed;
    send("ann", "bob", "nobody");
    assertEquals(List.of("send data 1000"), bob.orders);
    assertEquals(List.of(), eve.orders);
    assertTrue(bob.flushed > flushed);
    assertEquals(1, stage.tally.counts().get(Counter.DATA_UNDELIVERED));
  }

  @Test
  void whatPeersTellIsToldOn() {
    stage.told();
    ChannelForm form = ChannelForm.reliable("data");
    stage.inside(
        () -> {
          ann.side.data().opened(form);
          ann.side.data().received(MESSAGE);
          ann.side.data().closed("data", "slow");
        });
    assertEquals(
        List.of(
            new SfuEvent.ChannelOpened(RoomStage.ROOM, "ann", form),
            new SfuEvent.DataReceived(RoomStage.ROOM, "ann", MESSAGE),
            new SfuEvent.ChannelClosed(RoomStage.ROOM, "ann", "data", "slow")),
        told());
  }

  @Test
  void channelsAreOpenedAndClosedByOrder() {
    clear(ann);
    stage.order(new SfuCommand.OpenChannel(RoomStage.ROOM, "ann", ChannelForm.lossy("_lossy")));
    stage.order(new SfuCommand.CloseChannel(RoomStage.ROOM, "ann", "_lossy"));
    assertEquals(List.of("open _lossy", "close channel _lossy"), ann.orders);
  }

  @Test
  void whoSendsMoreThanAReceiverTakesIsHeldUntilItHasTakenIt() {
    clear(ann);
    bob.verdict = DataVerdict.CROWDED;
    eve.verdict = DataVerdict.CROWDED;
    send("ann", "bob", "eve");
    send("ann", "bob", "eve");
    stage.inside(bob.side.data()::relieved);
    assertEquals(List.of("hold"), ann.orders);
    stage.inside(eve.side.data()::relieved);
    assertEquals(List.of("hold", "go on"), ann.orders);
  }

  @Test
  void whoLeavesHoldsNobodyAnyMore() {
    clear(ann);
    bob.verdict = DataVerdict.CROWDED;
    send("ann", "bob");
    stage.close("bob");
    assertEquals("go on", ann.orders.getLast());
  }

  @Test
  void aSenderOnAnotherLoopIsHeldByWordOfMouth() {
    stage.told();
    bob.verdict = DataVerdict.CROWDED;
    send("far", "bob");
    stage.inside(bob.side.data()::relieved);
    assertEquals(
        List.of(
            new SfuEvent.DataHeld(RoomStage.ROOM, "far", "bob", true),
            new SfuEvent.DataHeld(RoomStage.ROOM, "far", "bob", false)),
        told());
    clear(ann);
    stage.order(new SfuCommand.HoldData(RoomStage.ROOM, "ann", "far", true));
    stage.order(new SfuCommand.HoldData(RoomStage.ROOM, "ann", "far", false));
    assertEquals(List.of("hold", "go on"), ann.orders);
  }

  @Test
  void theServersOwnMessagesHoldNobody() {
    stage.told();
    bob.verdict = DataVerdict.CROWDED;
    send(null, "bob");
    assertEquals(List.of(), told());
  }

  @Test
  void aRoomThatIsSentTooMuchHoldsWhoeverSendsUntilThatIsPaidFor() {
    clear(ann, bob);
    int most = SfuSettings.DATA_OCTETS / MESSAGE.octets().length / 2;
    for (int i = 0; i < most; i++) {
      send("ann", "bob", "eve");
    }
    assertEquals(List.of(), ann.orders);
    send("ann", "bob", "eve");
    send("bob", "eve");
    assertEquals(List.of("hold"), ann.orders);
    assertEquals("hold", bob.orders.getLast());
    stage.pass(Duration.ofMillis(10));
    assertTrue(ann.orders.contains("go on"));
    assertTrue(bob.orders.contains("go on"));
  }

  @Test
  void aBugOfOneReceiverCostsThatOne() {
    clear(eve);
    bob.broken = true;
    send("ann", "bob", "eve");
    assertEquals(List.of("send data 1000"), eve.orders);
    assertEquals(1, stage.tally.counts().get(Counter.ENGINE_FAILURES));
    assertTrue(stage.engine.deadline() >= 0);
  }
}
