package dev.parley.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Pictures come to the load client as they were taken, and a mark behind them is found.
class RoomsFilmTest {
  @TempDir Path directory;

  @Test
  void aFilmSurvivesItsFile() throws IOException {
    var take =
        List.of(
            new RoomsFilm.Frame(0, new byte[] {1, 2, 3}), new RoomsFilm.Frame(2, new byte[] {}));
    Path file = directory.resolve("film");
    new RoomsFilm(List.of(List.of(take), List.of(take, take))).write(file);
    RoomsFilm read = RoomsFilm.read(file);
    assertEquals(1, read.actor(0).size());
    assertEquals(2, read.actor(1).size());
    assertEquals(1, read.actor(2).size());
    assertArrayEquals(new byte[] {1, 2, 3}, read.actor(1).get(1).get(0).octets());
    assertEquals(2, read.actor(1).get(1).get(1).temporal());
  }

  @Test
  void aMarkStandsAtTheEndOfThePacketThatEndsAFrame() {
    byte[] packet = new byte[100];
    int at = RoomsPayload.markAt(12, 88);
    RoomsPayload.write(packet, at, 7, 2, 88, 3, 1_000);
    assertTrue(RoomsPayload.sound(packet, at, 88));
    assertFalse(RoomsPayload.sound(packet, at, 87));
    assertEquals(1_000, RoomsPayload.sent(Arrays.copyOf(packet, 100), 80));
  }
}
