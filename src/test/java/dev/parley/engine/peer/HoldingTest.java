package dev.parley.engine.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.engine.congestion.PacketKind;
import dev.parley.lab.CountedTally;
import dev.parley.media.Counter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HoldingTest {
  private static final long SECOND = 1_000_000_000;
  private static final int HEADER = 20;

  private final CountedTally tally = new CountedTally();
  private final HoldingPool pool = new HoldingPool();
  private final Holding holding = new Holding(pool, tally);
  private final Flow flood = new Flow(PacketKind.VIDEO);
  private final Flow call = new Flow(PacketKind.VIDEO);
  private final Flow repairs = new Flow(PacketKind.RETRANSMISSION);
  private final byte[] octets = new byte[4096];

  private boolean add(Holding to, Flow flow, int size, long now) {
    return to.add(flow, octets, HEADER, octets, 0, size - HEADER, 0, 0, now);
  }

  private void add(Flow flow, int size, int packets) {
    for (int i = 0; i < packets; i++) {
      assertTrue(add(holding, flow, size, i));
    }
  }

  private List<Flow> leave(long now) {
    List<Flow> left = new ArrayList<>();
    for (Flow next = holding.next(now); next != null; next = holding.next(now)) {
      left.add(next);
      holding.back(holding.take(next));
    }
    return left;
  }

  private long dropped() {
    return tally.counts().getOrDefault(Counter.SFU_PACED_OUT, 0L);
  }

  @Test
  void whoFloodsLosesItsOldestAndNobodyElseDoes() {
    add(call, 1_000, 20);
    add(flood, 1_200, 1_000);
    assertEquals(20_000, call.octets());
    assertFalse(call.lost());
    assertTrue(flood.lost());
    assertTrue(flood.first().since > 500, "the newest are there");
    assertTrue(flood.octets() <= 480_000);
    assertEquals(1_020, pool.out() + dropped());
  }

  @Test
  void manySmallPacketsAreBoundedByTheirNumber() {
    add(flood, 60, 1_000);
    assertEquals(512, pool.out());
    add(call, 60, 1);
    assertEquals(512, pool.out());
    assertFalse(call.lost());
  }

  @Test
  void retransmissionsLeaveFirstAndLoseTheirOwnWhereTheyAreMost() {
    add(call, 1_000, 2);
    add(repairs, 1_200, 600);
    assertTrue(repairs.lost());
    assertFalse(call.lost());
    List<Flow> left = leave(SECOND / 10);
    assertEquals(repairs, left.getFirst());
    assertEquals(List.of(call, call), left.subList(left.size() - 2, left.size()));
  }

  @Test
  void whatHasWaitedTooLongIsDroppedOfEachFlow() {
    add(call, 1_000, 2);
    add(flood, 1_200, 3);
    assertTrue(add(holding, call, 1_000, SECOND / 2));
    assertEquals(List.of(call), leave(SECOND));
    assertEquals(5, dropped());
    assertTrue(call.lost());
    assertTrue(flood.lost());
    assertTrue(holding.lost());
    assertFalse(holding.lost(), "told once");
    assertEquals(0, pool.out());
  }

  @Test
  void whatIsNotWantedAnyMoreIsGoneAtOnceAndNoLoss() {
    add(flood, 1_200, 100);
    add(call, 1_000, 1);
    holding.discard(flood);
    assertEquals(1, pool.out());
    assertEquals(0, dropped());
    assertEquals(List.of(call), leave(1));
  }

  @Test
  void aPacketThatFitsNoBufferIsLost() {
    assertFalse(add(holding, call, 1_700, 0));
    assertTrue(call.lost());
    assertNull(holding.next(0));
  }

  @Test
  void peersForWhichMuchWaitsLeaveRoomForOthers() {
    List<Holding> others = new ArrayList<>();
    List<Flow> theirs = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      others.add(new Holding(pool, tally));
      theirs.add(new Flow(PacketKind.VIDEO));
    }
    for (int packet = 0; packet < 600; packet++) {
      for (int i = 0; i < 200; i++) {
        add(others.get(i), theirs.get(i), 1_000, packet);
      }
    }
    int least = theirs.stream().mapToInt(Flow::octets).min().orElseThrow();
    int most = theirs.stream().mapToInt(Flow::octets).max().orElseThrow();
    assertTrue(least > 30_000 && most - least <= 2_000, least + " to " + most);
    add(call, 1_000, 3);
    assertFalse(call.lost());
  }
}
