package dev.parley.bench;

import java.io.IOException;

/// A fuzzer as a program: `[inputs] [seed]`; says the seed first, so that a run can be repeated.
@FunctionalInterface
interface FuzzRun {
  /// Runs the inputs of a seed.
  ///
  /// @return what it came to, to print
  /// @throws AssertionError with the input, on anything but what may happen
  Object run(long inputs, long seed) throws IOException;

  static void main(String[] arguments, long usual, FuzzRun fuzzer) throws IOException {
    long inputs = arguments.length > 0 ? Long.parseLong(arguments[0]) : usual;
    long seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : System.nanoTime();
    System.out.println("seed " + seed);
    long begin = System.nanoTime();
    try {
      Object outcome = fuzzer.run(inputs, seed);
      double seconds = (System.nanoTime() - begin) / 1e9;
      System.out.printf("%s in %.1f s: %.0f inputs/s%n", outcome, seconds, inputs / seconds);
    } catch (AssertionError bug) {
      bug.printStackTrace();
      System.exit(1);
    }
  }
}
