package dev.parley.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.media.MediaCommand;
import dev.parley.media.MediaEvent;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

class KeyLookupsTest {
  private final BlockingQueue<MediaCommand.TurnKey> found = new LinkedBlockingQueue<>();

  private static MediaEvent.TurnKeyWanted wanted(long question) {
    return new MediaEvent.TurnKeyWanted(0, question, "parley", "ada", null);
  }

  @Test
  void aFloodOfQuestionsIsDroppedAboveTheLimitAndServedAgainLater() throws Exception {
    var gate = new CountDownLatch(1);
    var lookups =
        new KeyLookups(
            wanted -> {
              try {
                gate.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return Optional.empty();
            });
    for (int question = 0; question < KeyLookups.MOST; question++) {
      assertTrue(lookups.look(wanted(question), found::add));
    }
    assertFalse(lookups.look(wanted(99), found::add));
    gate.countDown();
    for (int answer = 0; answer < KeyLookups.MOST; answer++) {
      assertNull(found.take().username());
    }
    while (!lookups.look(wanted(100), found::add)) {
      Thread.onSpinWait();
    }
    assertEquals(100, found.take().question());
  }

  @Test
  void aDatabaseThatFailsTakesNoPlace() throws Exception {
    var failing =
        new KeyLookups(
            wanted -> {
              if (wanted.question() < 3L * KeyLookups.MOST) {
                throw new IllegalStateException("the database is away");
              }
              return Optional.empty();
            });
    for (int question = 0; question < 3 * KeyLookups.MOST; question++) {
      while (!failing.look(wanted(question), found::add)) {
        Thread.onSpinWait();
      }
    }
    while (!failing.look(wanted(1000), found::add)) {
      Thread.onSpinWait();
    }
    assertEquals(1000, found.take().question());
    assertTrue(found.isEmpty(), "a failure answers nothing: it is not that there is no such user");
  }
}
