package dev.parley.door.livekit;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RehearsalTest {
  /// One that broke off would leave the rest to the first guest, and nobody would see it.
  @Test
  void itGoesToItsEnd() throws Exception {
    assertTrue(Rehearsal.spoken() > 1_000);
  }
}
