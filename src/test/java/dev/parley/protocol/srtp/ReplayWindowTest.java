package dev.parley.protocol.srtp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ReplayWindowTest {
  private final ReplayWindow window = new ReplayWindow(5000);

  @Test
  void theFirstIndexIsSeen() {
    assertEquals("REPLAYED", check(5000));
    assertEquals(5000, window.highest());
  }

  @Test
  void anIndexMayComeLateButOnce() {
    assertEquals("", check(4999));
    window.accept(4999);
    assertEquals("REPLAYED", check(4999));
    assertEquals(5000, window.highest());
  }

  @Test
  void checkingIsNotAccepting() {
    assertEquals("", check(5001));
    assertEquals("", check(5001));
    assertEquals(5000, window.highest());
  }

  @Test
  void theOldestIndexRememberedIsTheSizeBack() {
    assertEquals("", check(5000 - ReplayWindow.SIZE + 1));
    assertEquals("TOO_OLD", check(5000 - ReplayWindow.SIZE));
  }

  @Test
  void skippedIndicesAreNotSeen() {
    window.accept(5000 + 700);

    assertEquals("", check(5001));
    assertEquals("", check(5699));
    assertEquals("REPLAYED", check(5000));
    assertEquals("REPLAYED", check(5700));
  }

  @Test
  void aLongJumpForgetsEverything() {
    window.accept(5000 + 3L * ReplayWindow.SIZE);

    for (int back = 1; back < ReplayWindow.SIZE; back++) {
      assertEquals("", check(window.highest() - back));
    }
    assertEquals("TOO_OLD", check(5000));
  }

  @Test
  void nothingIsBeforeTheFirstIndexOfAll() {
    ReplayWindow young = new ReplayWindow(3);

    assertEquals(SrtpRefusal.TOO_OLD.code(), young.check(-1));
    assertEquals(0, young.check(0));
  }

  private String check(long index) {
    int answer = window.check(index);
    return answer == 0 ? "" : SrtpRefusal.of(answer).name();
  }
}
