package dev.parley.engine.sfu;

import static dev.parley.engine.sfu.Packets.MILLISECOND;
import static dev.parley.engine.sfu.Packets.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.engine.Engine;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyFrameRequestsTest {
  // The clock wraps in the middle of every test.
  private static final long START = Long.MAX_VALUE - 450 * MILLISECOND;
  private final KeyFrameRequests requests = new KeyFrameRequests();

  @Test
  void nobodyAsksNothingIsSent() {
    assertEquals(Engine.NEVER, requests.deadline());
    assertFalse(requests.due(START));
  }

  @Test
  void theFirstRequestGoesAtOnce() {
    requests.ask(START);
    assertEquals(START, requests.deadline());
    assertTrue(requests.due(START));
    assertFalse(requests.due(START));
  }

  @Test
  void manyReceiversMakeOneRequestAnInterval() {
    List<Long> sent = new ArrayList<>();
    for (long at = 0; at < 2 * SECOND; at += MILLISECOND) {
      requests.ask(START + at);
      if (requests.due(START + at)) {
        sent.add(at / MILLISECOND);
        requests.keyFrame(START + at);
      }
    }
    assertEquals(List.of(0L, 500L, 1_000L, 1_500L), sent);
    assertEquals(2_000, requests.asked());
    assertEquals(4, requests.sent());
  }

  @Test
  void aRequestIsRepeatedEverLaterUntilAKeyFrameComes() {
    requests.ask(START);
    assertEquals(List.of(0L, 300L, 900L, 2_100L, 4_500L, 9_300L), sentWithin(10 * SECOND));
    requests.keyFrame(START + 10 * SECOND);
    assertEquals(Engine.NEVER, requests.deadline());
  }

  @Test
  void aLongWayIsGivenMoreTime() {
    requests.roundTrip(400 * MILLISECOND);
    requests.ask(START);
    assertEquals(List.of(0L, 950L), sentWithin(SECOND));
  }

  @Test
  void askingMoreOftenDoesNotHurryARepeatBelowTheInterval() {
    requests.roundTrip(400 * MILLISECOND);
    requests.ask(START);
    assertTrue(requests.due(START));
    requests.ask(START + 10 * MILLISECOND);
    assertEquals(START + 500 * MILLISECOND, requests.deadline());
  }

  @Test
  void aNewcomersRequestIsRepeatedSoonHoweverLongOthersHaveAsked() {
    requests.ask(START);
    assertEquals(6, sentWithin(10 * SECOND).size());
    requests.askForNewcomer(START + 10 * SECOND);
    assertTrue(requests.due(START + 10 * SECOND));
    assertEquals(START + 10 * SECOND + 300 * MILLISECOND, requests.deadline());
  }

  @Test
  void aNewcomerWaitsLess() {
    requests.ask(START);
    assertTrue(requests.due(START));
    requests.keyFrame(START + 30 * MILLISECOND);
    requests.askForNewcomer(START + 50 * MILLISECOND);
    assertEquals(START + 100 * MILLISECOND, requests.deadline());
    assertTrue(requests.due(START + 100 * MILLISECOND));
  }

  @Test
  void aRequestThatCrossedAKeyFrameIsNotHeeded() {
    requests.keyFrame(START);
    requests.ask(START + 99 * MILLISECOND);
    assertEquals(Engine.NEVER, requests.deadline());
    requests.ask(START + 100 * MILLISECOND);
    assertEquals(START + 500 * MILLISECOND, requests.deadline());
  }

  private List<Long> sentWithin(long time) {
    List<Long> sent = new ArrayList<>();
    while (requests.deadline() != Engine.NEVER && requests.deadline() - START < time) {
      long at = requests.deadline();
      assertTrue(requests.due(at));
      sent.add((at - START) / MILLISECOND);
    }
    return sent;
  }
}
