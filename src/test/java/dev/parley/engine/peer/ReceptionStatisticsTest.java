package dev.parley.engine.peer;

import static dev.parley.engine.peer.Units.MILLISECOND;
import static dev.parley.engine.peer.Units.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ReceptionStatisticsTest {
  private static final long START = Long.MAX_VALUE - 50 * MILLISECOND;
  private final ReceptionStatistics statistics = new ReceptionStatistics(8_000);

  @Test
  void beforeTheFirstPacketThereIsNothingToReport() {
    statistics.report();
    assertFalse(statistics.started());
    assertEquals(0, statistics.fractionLost());
    assertEquals(0, statistics.cumulativeLost());
  }

  @Test
  void cyclesCountAcrossTheWrapWhateverComesLate() {
    receive(65_534, 0, 65_535, 1);
    assertEquals(0x1_0001, statistics.highestSequence());
    statistics.report();
    assertEquals(0, statistics.cumulativeLost());
    assertEquals(0, statistics.fractionLost());
  }

  @Test
  void lossIsToldOfTheIntervalAndOfTheWhole() {
    receive(1, 2, 4);
    statistics.report();
    assertEquals(64, statistics.fractionLost());
    assertEquals(1, statistics.cumulativeLost());
    receive(5, 6);
    statistics.report();
    assertEquals(0, statistics.fractionLost());
    assertEquals(1, statistics.cumulativeLost());
  }

  @Test
  void duplicatesMakeTheLossNegative() {
    receive(1, 2, 2, 2);
    statistics.report();
    assertEquals(-2, statistics.cumulativeLost());
    assertEquals(0, statistics.fractionLost());
  }

  @Test
  void aJumpIsBelievedWhenTheNextPacketGoesOnFromIt() {
    receive(1, 2, 30_000);
    assertEquals(2, statistics.highestSequence());
    receive(3);
    assertEquals(3, statistics.highestSequence());
    receive(40_000, 40_001);
    assertEquals(40_001, statistics.highestSequence());
    assertEquals(0, statistics.cumulativeLost());
    assertEquals(6, statistics.packets());
  }

  @Test
  void packetsThatArriveAsTheyWereSentHaveNoJitterAcrossTheWrapOfTheClock() {
    for (int i = 0; i < 100; i++) {
      statistics.received(i, i * 160, START + i * 20 * MILLISECOND);
    }
    assertTrue(statistics.jitter() <= 1);
  }

  @Test
  void jitterGoesToTheMeanDifferenceOfTransitTimes() {
    for (int i = 0; i < 2_000; i++) {
      // Every second packet 10 ms late: each differs from the one before by 80 ticks.
      statistics.received(i, i * 160, i * 20 * MILLISECOND + i % 2 * 10 * MILLISECOND);
    }
    assertEquals(80, statistics.jitter(), 2);
  }

  @Test
  void aTimestampThatJumpsIsNoJitter() {
    statistics.received(1, 0, 0);
    statistics.received(2, 1_000_000_000, 20 * MILLISECOND);
    statistics.received(3, Integer.MIN_VALUE, 40 * MILLISECOND);
    assertEquals(0, statistics.jitter());
  }

  @Test
  void theLastSenderReportIsToldWithItsAge() {
    assertEquals(0, statistics.lastSr());
    assertEquals(0, statistics.delaySinceLastSr(START));
    statistics.senderReport(0x0000_1234_5678_0000L, START);
    assertEquals(0x1234_5678, statistics.lastSr());
    assertEquals(3 << 15, statistics.delaySinceLastSr(START + 3 * SECOND / 2));
  }

  private void receive(int... sequences) {
    for (int sequence : sequences) {
      statistics.received(sequence, 0, START);
    }
  }
}
