package dev.parley.protocol.rtcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TransportArrivalsTest {
  private final TransportArrivals arrivals = new TransportArrivals(16);

  @Test
  void nothingIsPendingBeforeTheFirst() {
    assertFalse(arrivals.pending());
    assertEquals(0, arrivals.statuses());
  }

  @Test
  void theFirstMayHaveAnyNumber() {
    for (int first : new int[] {0, 1, 0x7fff, 0x8000, 0xffff}) {
      TransportArrivals fresh = new TransportArrivals(16);
      assertTrue(fresh.arrived(first, 0));
      assertEquals(1, fresh.statuses());
      assertEquals(first, fresh.first());
    }
  }

  @Test
  void lostOnesAreCountedInAndNumbersWrap() {
    arrivals.arrived(0xfffe, 0);
    arrivals.arrived(3, 1_000_000);
    assertEquals(6, arrivals.statuses());
    assertTrue(arrivals.received(0xfffe));
    assertFalse(arrivals.received(0xffff));
    assertTrue(arrivals.received(0x10003));
    assertEquals(4, arrivals.at(0x10003));
  }

  @Test
  void aDuplicateDoesNotCount() {
    assertTrue(arrivals.arrived(5, 0));
    assertFalse(arrivals.arrived(5, 1_000_000));
    assertEquals(0, arrivals.at(5));
    arrivals.told(1);
    assertFalse(arrivals.arrived(5, 2_000_000));
    assertFalse(arrivals.pending());
  }

  @Test
  void aLateOneMakesFeedbackBeginWithIt() {
    arrivals.arrived(5, 0);
    arrivals.arrived(7, 0);
    arrivals.told(3);
    assertFalse(arrivals.pending());
    assertTrue(arrivals.arrived(6, 0));
    assertEquals(6, arrivals.first());
    assertEquals(2, arrivals.statuses());
  }

  @Test
  void oneBeforeTheVeryFirstIsTaken() {
    arrivals.arrived(0, 0);
    assertTrue(arrivals.arrived(0xffff, 0));
    assertEquals(2, arrivals.statuses());
    assertEquals(-1, arrivals.first());
  }

  @Test
  void oneTooOldIsForgotten() {
    arrivals.arrived(100, 0);
    assertFalse(arrivals.arrived(84, 0));
    assertTrue(arrivals.arrived(85, 0));
    assertEquals(16, arrivals.statuses());
  }

  @Test
  void aLeapForgetsWhatIsBehind() {
    arrivals.arrived(100, 0);
    arrivals.arrived(101, 0);
    assertTrue(arrivals.arrived(30_000, 0));
    assertEquals(16, arrivals.statuses());
    assertEquals(29_985, arrivals.first());
    for (long i = arrivals.first(); i < 30_000; i++) {
      assertFalse(arrivals.received(i));
    }
  }

  @Test
  void aRingHasAPowerOfTwo() {
    assertThrows(IllegalArgumentException.class, () -> new TransportArrivals(100));
    assertThrows(IllegalArgumentException.class, () -> new TransportArrivals(0x1_0000));
    assertThrows(IllegalArgumentException.class, () -> new TransportArrivals(0));
    assertThrows(IllegalArgumentException.class, () -> new TransportArrivals(Integer.MIN_VALUE));
  }
}
