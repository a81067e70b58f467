package dev.parley.engine.sfu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.media.Counter;
import dev.parley.media.SfuEvent;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// All that holds for a room on one loop, with each of three on a loop of its own.
class SpreadHallTest extends HallTest {
  SpreadHallTest() {
    super(new Hall(3));
  }

  @AfterEach
  void nothingIsLeftWhenAllAreGone() {
    hall.guests.keySet().forEach(hall::leave);
    hall.network.pass(Duration.ofSeconds(1));
    assertTrue(hall.engine.isEmpty());
    assertFalse(hall.tally.counts().containsKey(Counter.ENGINE_FAILURES));
  }

  @Test
  void tracksAndTheirEndAreToldOnce() {
    three();
    hall.talk(20);
    hall.leave("bob");
    hall.network.pass(Duration.ofMillis(100));
    assertEquals(6, tracks(SfuEvent.TrackUp.class));
    assertEquals(2, tracks(SfuEvent.TrackDown.class));
    assertEquals(6 * 2, tracks(SfuEvent.Subscribed.class));
  }

  private long tracks(Class<? extends SfuEvent> what) {
    return hall.told.stream().filter(what::isInstance).count();
  }

  @Test
  void aSubscriptionIsToldBehindItsTrack() {
    three();
    hall.talk(20);
    List<SfuEvent> told = hall.told;
    for (int i = 0; i < told.size(); i++) {
      if (told.get(i) instanceof SfuEvent.Subscribed it) {
        assertTrue(
            told.subList(0, i).stream()
                .anyMatch(
                    each ->
                        each instanceof SfuEvent.TrackUp up && up.track().id().equals(it.track())));
      }
    }
  }

  @Test
  void packetsLostBetweenLoopsAreGapsThatKeyFramesMend() {
    three();
    hall.talk(20);
    hall.engine.loss = 0.2;
    hall.talk(100);
    hall.engine.loss = 0;
    hall.guests.values().forEach(guest -> guest.got.clear());
    hall.talk(50);
    for (Hall.Guest guest : hall.guests.values()) {
      assertEquals(4, guest.streams(45), guest.name + " " + sizes(guest));
    }
  }

  @Test
  void packetsGoOnceToEachLoopHoweverManyReceiversAreThere() {
    three();
    for (int i = 0; i < 6; i++) {
      hall.join("viewer" + i, "viewer" + i, false);
    }
    hall.network.pass(Duration.ofSeconds(2));
    long before = hall.tally.counts().get(Counter.SFU_CARRIED_OUT);
    int number = hall.guests.get("ann").number;
    hall.talk(50);
    long packets = 3 * 2 * (hall.guests.get("ann").number - number);
    assertEquals(2 * packets, hall.tally.counts().get(Counter.SFU_CARRIED_OUT) - before);
  }
}
