package dev.parley.bench;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class StunFuzzTest {
  @Test
  void meetsNothingButTheTypedRefusal() throws IOException {
    StunFuzz.Outcome outcome = StunFuzz.run(200_000, 8489);
    // A fuzzer whose inputs all fail in the header shows nothing: many must be messages.
    assertTrue(outcome.messages() > 40_000, outcome.toString());
    assertTrue(outcome.answers() > 20_000, outcome.toString());
  }
}
