package dev.parley.engine.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NumbersTest {
  private final Numbers numbers = new Numbers();

  @Test
  void theFirstTimeNumbersAreTheSubscriptions() {
    numbers.again();
    assertEquals(500, numbers.place(500));
    assertEquals(499, numbers.place(499));
    assertEquals(7, numbers.told(7));
  }

  @Test
  void noNumberComesTwiceHoweverOftenATrackIsSentAgain() {
    Random random = new Random(3);
    Set<Long> used = new HashSet<>();
    for (int time = 0; time < 50; time++) {
      numbers.again();
      long first = random.nextInt(1 << 15);
      Set<Long> mine = new HashSet<>();
      for (int i = 0; i < 500; i++) {
        long placed = numbers.place(first + i - random.nextInt(3));
        if (placed >= 0) {
          mine.add(placed);
        }
      }
      assertTrue(mine.size() > 100);
      mine.forEach(number -> assertTrue(used.add(number)));
    }
  }

  @Test
  void whatTheReceiverSpeaksOfIsTurnedBack() {
    numbers.again();
    numbers.place(30_000);
    numbers.again();
    long placed = numbers.place(10);
    assertTrue(placed > 30_000);
    assertEquals(placed, numbers.placed(10));
    assertEquals(10, numbers.told((int) placed) & 0xffff);
  }
}
