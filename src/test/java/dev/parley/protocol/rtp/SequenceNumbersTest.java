package dev.parley.protocol.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SequenceNumbersTest {
  @Test
  void zeroIsNewerThanTheLastNumberOfTheCircle() {
    assertTrue(SequenceNumbers.newer(0, 65535));
    assertFalse(SequenceNumbers.newer(65535, 0));
    assertEquals(1, SequenceNumbers.difference(0, 65535));
    assertEquals(-1, SequenceNumbers.difference(65535, 0));
  }

  @Test
  void equalAndOppositeNumbersAreNotNewer() {
    assertFalse(SequenceNumbers.newer(5, 5));
    assertFalse(SequenceNumbers.newer(0x8005, 5));
    assertFalse(SequenceNumbers.newer(5, 0x8005));
    assertTrue(SequenceNumbers.newer(0x8004, 5));
  }

  @Test
  void stepsWrapBothWays() {
    assertEquals(1, SequenceNumbers.plus(65534, 3));
    assertEquals(65535, SequenceNumbers.plus(0, -1));
  }

  @Test
  void timestampsWrapToo() {
    assertTrue(SequenceNumbers.laterTimestamp(3, -3));
    assertFalse(SequenceNumbers.laterTimestamp(-3, 3));
    assertEquals(6, SequenceNumbers.timestampDifference(3, -3));
  }

  @Test
  void sequencesAreCountedAcrossWraps() {
    Unwrapper unwrapper = Unwrapper.ofSequences();
    assertEquals(65534, unwrapper.unwrap(65534));
    assertEquals(65536, unwrapper.unwrap(0));
    assertEquals(65535, unwrapper.unwrap(65535));
    assertEquals(65536 + 30000, unwrapper.unwrap(30000));
    assertEquals(65536 + 60000, unwrapper.unwrap(60000));
    assertEquals(2 * 65536 + 1, unwrapper.unwrap(1));
    assertEquals(2 * 65536 + 1, unwrapper.highest());
  }

  @Test
  void aLateNumberMovesNothing() {
    Unwrapper unwrapper = Unwrapper.ofSequences();
    unwrapper.unwrap(40000);
    assertEquals(10000, unwrapper.unwrap(10000));
    assertEquals(40000, unwrapper.highest());
    assertEquals(65536 + 5000, unwrapper.unwrap(5000));
  }

  @Test
  void aPeekMovesNothing() {
    Unwrapper unwrapper = Unwrapper.ofSequences();
    assertEquals(9, unwrapper.peek(9));
    assertFalse(unwrapper.started());
    unwrapper.unwrap(65535);
    assertEquals(65540, unwrapper.peek(4));
    assertEquals(65535, unwrapper.highest());
  }

  @Test
  void whatIsOlderThanTheFirstMayBeNegative() {
    Unwrapper unwrapper = Unwrapper.ofSequences();
    unwrapper.unwrap(1);
    assertEquals(-2, unwrapper.unwrap(65534));
    assertEquals(1, unwrapper.highest());
    unwrapper.restart();
    assertEquals(65534, unwrapper.unwrap(65534));
  }

  @Test
  void timestampsAreCountedAcrossWraps() {
    Unwrapper unwrapper = Unwrapper.ofTimestamps();
    assertEquals(0xffff_fff0L, unwrapper.unwrap(-16));
    assertEquals(0x1_0000_0010L, unwrapper.unwrap(16));
    assertEquals(0xffff_fff0L, unwrapper.unwrap(-16));
  }
}
