package dev.parley.bench;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/// How something has changed from the first third of many looks to the last: a look falls into
/// whatever is going on, so single ones say nothing, and what grows lifts the least of a third as
/// well as its middle.
///
/// @param least of each third
/// @param middle of each third
record SoakTrend(String what, double[] least, double[] middle, double allowed) {
  private static final int THIRDS = 3;

  /// @param looks in their order, three at least
  /// @param allowed by how much it may grow
  static <T> SoakTrend of(String what, List<T> looks, ToDoubleFunction<T> of, double allowed) {
    double[] least = new double[THIRDS];
    double[] middle = new double[THIRDS];
    for (int third = 0; third < THIRDS; third++) {
      double[] sorted =
          IntStream.range(looks.size() * third / THIRDS, looks.size() * (third + 1) / THIRDS)
              .mapToDouble(i -> of.applyAsDouble(looks.get(i)))
              .sorted()
              .toArray();
      least[third] = sorted[0];
      middle[third] = (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }
    return new SoakTrend(what, least, middle, allowed);
  }

  boolean grows() {
    return least[THIRDS - 1] - least[0] > allowed && middle[THIRDS - 1] - middle[0] > allowed;
  }

  void tell(List<String> failures) {
    String said =
        "%s, least and middle of each third: %.1f %.1f, %.1f %.1f, %.1f %.1f"
            .formatted(what, least[0], middle[0], least[1], middle[1], least[2], middle[2]);
    System.out.println("  " + said);
    if (grows()) {
      failures.add("growing: " + said);
    }
  }
}
