package dev.parley.bench;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SctpFuzzTest {
  @Test
  void meetsNothingButRefusals() {
    SctpFuzz.Outcome outcome = SctpFuzz.run(100_000, 9260);
    // A fuzzer whose inputs all fail in the header shows nothing: conversations must go on.
    assertTrue(outcome.messages() > 5_000, outcome.toString());
    assertTrue(outcome.refused() > 5_000, outcome.toString());
    assertTrue(outcome.ended() > 10, outcome.toString());
  }
}
