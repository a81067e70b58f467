package dev.parley.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.media.SfuCommand;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LiveSfuDeskTest {
  private final FakeLoops loops = new FakeLoops(2, List.of(), event -> {});
  private final LiveSfuDesk desk = new LiveSfuDesk();

  private int loopOf(String room) {
    desk.order(new SfuCommand.CloseRoom(room));
    return loops.take().getFirst().loop();
  }

  @Test
  void withoutLoopsThereIsNoSfu() {
    assertFalse(desk.available());
    desk.order(new SfuCommand.CloseRoom("a"));
    desk.serve(loops, 64);
    assertTrue(desk.available());
    assertEquals(List.of(), loops.take());
    desk.stop();
    assertFalse(desk.available());
  }

  @Test
  void aRoomKeepsItsLoopAndRoomsAreSpread() {
    desk.serve(loops, 64);
    assertEquals(loopOf("lobby"), loopOf("lobby"));
    assertNotEquals(loopOf("a"), loopOf("b"));
  }

  @Test
  void ordersForAFullMailboxWaitAndKeepTheirOrder() throws InterruptedException {
    desk.serve(loops, 64);
    int loop = loopOf("lobby");
    loops.deaf(loop);
    IntStream.range(0, 5)
        .forEach(i -> desk.order(new SfuCommand.ClosePeer("lobby", String.valueOf(i))));
    assertEquals(List.of(), loops.take());
    loops.deaf(-1);
    desk.order(new SfuCommand.ClosePeer("lobby", "5"));
    for (int i = 0; i < 6; i++) {
      assertEquals(
          new FakeLoops.Posted(loop, new SfuCommand.ClosePeer("lobby", String.valueOf(i))),
          loops.next());
    }
  }
}
