package dev.parley.bench;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What breathes is not taken for what grows.
class SoakTrendTest {
  private static boolean grows(List<Integer> looks) {
    return SoakTrend.of("MiB", looks, Integer::doubleValue, 10).grows();
  }

  @Test
  void whatGrowsIsFound() {
    assertTrue(grows(IntStream.range(0, 30).map(i -> 100 + i).boxed().toList()));
    assertTrue(grows(List.of(140, 137, 150, 160, 150, 160, 165, 152, 170)));
  }

  @Test
  void whatBreathesIsNot() {
    assertFalse(grows(List.of(137, 160, 150, 138, 160, 141, 133, 128, 190)));
    assertFalse(grows(List.of(100, 101, 102, 103, 104, 105, 106, 107, 108)));
  }
}
