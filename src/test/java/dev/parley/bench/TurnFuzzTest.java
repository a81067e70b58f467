package dev.parley.bench;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TurnFuzzTest {
  @Test
  void meetsNothingThatMakesNoSense() {
    TurnFuzz.Outcome outcome = TurnFuzz.run(100_000, 8656);
    // A fuzzer that is refused at the door shows nothing: much must succeed.
    assertTrue(outcome.successes() > 3_000, outcome.toString());
    assertTrue(outcome.refusals() > 3_000, outcome.toString());
    assertTrue(outcome.relayed() > 200, outcome.toString());
  }
}
