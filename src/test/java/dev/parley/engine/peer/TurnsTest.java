package dev.parley.engine.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.engine.congestion.PacketKind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnsTest {
  private final Turns turns = new Turns();
  private final Flow large = new Flow(PacketKind.VIDEO);
  private final Flow small = new Flow(PacketKind.VIDEO);
  private final Flow late = new Flow(PacketKind.VIDEO);

  private void add(Flow flow, int octets, int packets) {
    for (int i = 0; i < packets; i++) {
      Held held = new Held();
      held.header = 20;
      held.payload = octets - 20;
      turns.add(flow, held);
    }
  }

  private List<Flow> leave(int packets) {
    List<Flow> left = new ArrayList<>();
    for (int i = 0; i < packets; i++) {
      Flow next = turns.next();
      turns.poll(next, true);
      left.add(next);
    }
    return left;
  }

  @Test
  void nobodyHasATurnWhereNothingWaits() {
    assertNull(turns.next());
    assertNull(turns.longest());
    assertTrue(turns.isEmpty());
  }

  @Test
  void aSmallFlowIsServedAtOnceHoweverMuchWaitsOfAnother() {
    add(large, 1_200, 400);
    add(small, 100, 2);
    assertEquals(List.of(large, small, small, large), leave(4));
  }

  @Test
  void flowsGetTheSameInOctetsWhateverTheirPacketsMeasure() {
    add(large, 1_400, 300);
    add(small, 200, 2_000);
    int[] octets = new int[2];
    while (!large.isEmpty() && !small.isEmpty()) {
      Flow next = turns.next();
      octets[next == large ? 0 : 1] += turns.poll(next, true).size();
      assertTrue(Math.abs(octets[0] - octets[1]) <= 3_000, octets[0] + " and " + octets[1]);
    }
    assertTrue(octets[0] > 300_000);
  }

  @Test
  void whatIsDroppedCostsNoTurn() {
    add(large, 1_200, 10);
    add(small, 1_200, 2);
    turns.poll(large, false);
    turns.poll(large, false);
    assertEquals(List.of(large, small, large, small), leave(4));
  }

  @Test
  void packetsAndOctetsAreCountedAsTheyComeAndGo() {
    add(large, 1_000, 3);
    add(small, 100, 1);
    add(late, 500, 1);
    assertEquals(3_600, turns.octets());
    assertEquals(5, turns.packets());
    assertEquals(large, turns.longest());
    // From the middle and from the end.
    turns.poll(small, false);
    turns.poll(late, false);
    assertEquals(3_000, turns.octets());
    add(late, 500, 1);
    assertEquals(List.of(large, late, large, large), leave(4));
    assertEquals(0, turns.octets());
    assertEquals(0, turns.packets());
    assertTrue(turns.isEmpty());
  }
}
