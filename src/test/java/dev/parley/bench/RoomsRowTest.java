package dev.parley.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What a crowd does survives its way to the load client.
class RoomsRowTest {
  @Test
  void aRowSurvivesItsWords() {
    RoomsRow row = RoomsRow.named("broadcast").with(Map.of("people", "11", "loss", "20"));
    assertEquals(row, RoomsRow.named("small").with(RoomsRow.parse(List.of(row.words()))));
    assertEquals(11, row.people());
    assertEquals(20, row.loss());
  }

  @Test
  void encodingsHaveTheirShares() {
    RoomsRow row = RoomsRow.named("small").with(Map.of("kilobits", "1500"));
    assertEquals(
        List.of(150_000, 500_000, 1_500_000),
        List.of(row.bitrate(0), row.bitrate(1), row.bitrate(2)));
    assertEquals(1_500_000, row.with(Map.of("layers", "1")).bitrate(0));
  }

  @Test
  void anUnknownRowIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> RoomsRow.named("palace"));
  }
}
