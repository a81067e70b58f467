package dev.parley.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/// What HotSpot 25 logs of its pauses is understood.
class RoomsPausesTest {
  private static final String LOG =
      """
      [0.612s][info][gc          ] GC(3) Pause Young (Normal) (G1 Evacuation Pause) 24M->9M(512M) 4.101ms
      [0.612s][info][safepoint   ] Safepoint "G1CollectForAllocation", Time since last: 123456 ns, Reaching safepoint: 12345 ns, At safepoint: 4123456 ns, Leaving safepoint: 4567 ns, Total: 4140368 ns, Threads: 3 runnable, 40 total
      [1.004s][info][safepoint   ] Safepoint "ICBufferFull", Time since last: 391 ns, Reaching safepoint: 900 ns, At safepoint: 100 ns, Leaving safepoint: 1 ns, Total: 1001 ns, Threads: 0 runnable, 40 total
      """;

  @Test
  void eachSafepointHasItsReasonAndItsWholeLength() {
    assertEquals(
        List.of(
            new RoomsPauses.Pause("G1CollectForAllocation", 4_140_368),
            new RoomsPauses.Pause("ICBufferFull", 1_001)),
        RoomsPauses.parse(LOG));
  }

  @Test
  void theLongestReasonIsSaidFirst() {
    assertEquals(
        "2 pauses, 2.07 ms a second, G1CollectForAllocation 4.14 ms, ICBufferFull 0.00 ms",
        RoomsPauses.said(RoomsPauses.parse(LOG), 2));
  }
}
