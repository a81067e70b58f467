package dev.parley.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FanoutPatternTest {
  private final int[] sizes = new int[8];

  @Test
  void aSecondHas240PacketsIn36Frames() {
    int packets = 0;
    for (int frame = 0; frame < FanoutPattern.FRAMES_A_SECOND; frame++) {
      packets += FanoutPattern.parts(frame);
    }
    assertEquals(FanoutPattern.PACKETS_A_SECOND, packets);
  }

  @Test
  void aBurstLastsNoLongerThanAFifthOfAMillisecondAndComesWithItsFrame() {
    long first = FanoutPattern.BURSTS.due(36, 0, 240);
    assertEquals(1_000_000_000, first);
    assertTrue(FanoutPattern.BURSTS.due(36, 6, 246) - first < 200_000);
  }

  @Test
  void evenPacketsAreAllApartAlike() {
    assertEquals(500_000_000, FanoutPattern.EVEN.due(18, 3, 120));
  }

  @Test
  void theShorterPartsOfABurstAreTogetherFirstOrLast() {
    double runs = 0;
    for (int frame = 0; frame < 1_000; frame++) {
      FanoutPattern.BURSTS.sizes(frame, sizes);
      int parts = FanoutPattern.parts(frame);
      int changes = 0;
      for (int i = 1; i < parts; i++) {
        assertTrue(Math.abs(sizes[i] - sizes[i - 1]) <= 1);
        changes += sizes[i] != sizes[i - 1] ? 1 : 0;
      }
      assertEquals(1, changes, () -> Arrays.toString(sizes));
      // The last of a UDP_SEGMENT message may be shorter.
      boolean one = sizes[0] > sizes[parts - 1] && sizes[parts - 2] == sizes[0];
      runs += one ? 1 : 2;
    }
    assertEquals(1.9, runs / 1_000, 0.05);
  }

  @Test
  void evenPacketsAreAllOfOneSize() {
    FanoutPattern.EVEN.sizes(5, sizes);
    assertEquals(FanoutPattern.PAYLOAD, Arrays.stream(sizes, 0, 7).min().orElseThrow());
  }
}
