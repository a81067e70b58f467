package dev.parley.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.media.DataMessage;
import dev.parley.media.PeerLimits;
import dev.parley.media.PeerPolicy;
import dev.parley.media.PeerState;
import dev.parley.media.SfuCommand;
import dev.parley.media.SfuCommand.Spread;
import dev.parley.media.SfuEvent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlacementTest {
  private static final PeerPolicy ALL = new PeerPolicy(true, true, true, PeerLimits.defaults());

  /// A room whose name chooses loop 0 of any number.
  private static final String ROOM = "\0";

  private record Ordered(int loop, SfuCommand command) {}

  private final List<Ordered> ordered = new ArrayList<>();

  private Placement of(int loops, int spread) {
    return new Placement(loops, spread, (loop, order) -> ordered.add(new Ordered(loop, order)));
  }

  private List<Ordered> take() {
    List<Ordered> taken = List.copyOf(ordered);
    ordered.clear();
    return taken;
  }

  private static SfuCommand open(String peer) {
    return new SfuCommand.OpenPeer(ROOM, peer, peer, ALL);
  }

  private static SfuEvent closed(String peer) {
    return new SfuEvent.PeerChanged(ROOM, peer, PeerState.CLOSED, "left");
  }

  /// Where a newcomer is sent.
  private int join(Placement placement, String peer) {
    placement.order(open(peer));
    return take().getLast().loop();
  }

  @Test
  void aSmallRoomStaysOnTheLoopItsNameChooses() {
    Placement placement = of(3, 2);
    assertEquals(0, join(placement, "a"));
    assertEquals(0, join(placement, "b"));
  }

  @Test
  void theLoopsAreToldBeforeThePeerThatCausedItComes() {
    Placement placement = of(2, 1);
    placement.order(open("a"));
    placement.order(open("b"));
    assertEquals(
        List.of(
            new Ordered(0, new Spread(ROOM, 0, List.of(0), 0)),
            new Ordered(0, open("a")),
            new Ordered(0, new Spread(ROOM, 0, List.of(0, 1), 0)),
            new Ordered(1, new Spread(ROOM, 1, List.of(0, 1), 0)),
            new Ordered(1, open("b"))),
        take());
  }

  @Test
  void aRoomTakesOneLoopAfterTheOtherAndThenFillsThemEvenly() {
    Placement placement = of(3, 2);
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      places.add(join(placement, "p" + i));
    }
    assertEquals(List.of(0, 0, 1, 1, 2, 2, 0, 1, 2), places);
  }

  @Test
  void aLargeRoomGoesToTheLoopThatIsLeastBusy() {
    Placement placement = of(3, 1);
    placement.order(new SfuCommand.OpenPeer("\1", "x", "x", ALL));
    take();
    join(placement, "a");
    assertEquals(2, join(placement, "b"));
  }

  @Test
  void ordersForAPeerGoToItsLoopAndThoseForTheRoomToAll() {
    Placement placement = of(2, 1);
    join(placement, "a");
    join(placement, "b");
    SfuCommand prefer = new SfuCommand.Pause(ROOM, "b", "t", true);
    placement.order(prefer);
    assertEquals(List.of(new Ordered(1, prefer)), take());
    SfuCommand mute = new SfuCommand.MuteTrack(ROOM, "t", true);
    placement.order(mute);
    assertEquals(List.of(new Ordered(0, mute), new Ordered(1, mute)), take());
  }

  @Test
  void aLoopWithoutPeersForgetsTheRoomAndTheOthersKnow() {
    Placement placement = of(2, 1);
    join(placement, "a");
    join(placement, "b");
    placement.told(closed("a"));
    assertEquals(
        List.of(
            new Ordered(0, new Spread(ROOM, 0, List.of(1), 1)),
            new Ordered(1, new Spread(ROOM, 1, List.of(1), 1))),
        take());
    assertEquals(0, join(placement, "c"));
  }

  @Test
  void whatIsClosedTwiceOrNeverOpenedChangesNothing() {
    Placement placement = of(2, 1);
    join(placement, "a");
    placement.told(closed("nobody"));
    placement.told(closed("a"));
    take();
    placement.told(closed("a"));
    assertEquals(List.of(), take());
    assertTrue(placement.isEmpty());
  }

  private static SfuCommand.SendData data(String... peers) {
    return new SfuCommand.SendData(
        ROOM, "a", List.of(peers), new DataMessage("data", false, new byte[] {1}));
  }

  @Test
  void aDataMessageGoesAsOneOrderToEachLoopThatHasReceivers() {
    Placement placement = of(3, 1);
    join(placement, "a");
    placement.order(data("a"));
    assertEquals(List.of(new Ordered(0, data("a"))), take());
    join(placement, "b");
    join(placement, "c");
    join(placement, "d");
    placement.order(data("b", "d", "gone"));
    assertEquals(List.of(new Ordered(0, data("d")), new Ordered(1, data("b"))), take());
    placement.order(new SfuCommand.SendData("\0\0", null, List.of("x"), data().message()));
    assertEquals(List.of(), take());
  }

  @Test
  void whoIsToBeHeldBackIsToldOnItsLoop() {
    Placement placement = of(2, 1);
    join(placement, "a");
    join(placement, "b");
    placement.told(new SfuEvent.DataHeld(ROOM, "b", "a", true));
    assertEquals(List.of(new Ordered(1, new SfuCommand.HoldData(ROOM, "b", "a", true))), take());
  }
}
