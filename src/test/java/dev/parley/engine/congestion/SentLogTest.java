package dev.parley.engine.congestion;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.lab.VirtualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SentLogTest {
  private final VirtualClock clock = new VirtualClock();
  private final SentLog log = new SentLog();

  private void send(int packets) {
    for (int i = 0; i < packets; i++) {
      log.departed(
          (int) log.add(1_000 + i % 100, Missing.NO_MARK), 3, clock.pass(Duration.ofMillis(1)));
    }
  }

  @Test
  void aSequenceNumberMeansTheNewestPacketThatHadIt() {
    send(0x10000 + 50);
    assertEquals(0x10000 + 20, log.number(20));
    assertEquals(0xfff0, log.number(0xfff0));
  }

  @Test
  void aNumberThatWasNotGivenOrIsForgottenMeansNothing() {
    send(2_000);
    assertEquals(-1, log.number(2_000));
    assertEquals(-1, log.number(0));
  }

  @Test
  void whatFeedbackMayStillComeForIsKept() {
    log.expectFeedback();
    send(1_900);
    assertEquals(5, log.number(5));
    assertEquals(1_005, log.octets(5));
    assertEquals(3, log.cluster(5));
    assertEquals(1_000_000, log.sentAt(6) - log.sentAt(5));
  }

  @Test
  void whatIsOlderThanTwoSecondsIsGivenUp() {
    log.expectFeedback();
    send(10_000);
    assertEquals(-1, log.number(7_000));
    assertEquals(9_000, log.number(9_000));
  }
}
