package dev.parley.engine.sfu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.media.Counter;
import dev.parley.media.SfuCommand;
import dev.parley.media.SfuEvent;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// All that holds for a room on one loop, with each of three on a loop of its own.
class SpreadHallTest extends HallTest {
  @Override
  Hall hall() {
    return new Hall(3);
  }

  @AfterEach
  void nothingIsLeftWhenAllAreGone() {
    hall.guests.keySet().forEach(hall::leave);
    assertTrue(hall.empty());
    assertFalse(hall.tally.counts().containsKey(Counter.ENGINE_FAILURES));
  }

  @Test
  void asMuchIsToldAsOfARoomOnOneLoop() {
    assertEquals(told(new Hall()), told(hall));
  }

  /// How many facts of each kind are told of some joins, mutes and leaves.
  private static Map<String, Long> told(Hall of) {
    of.join("ann");
    of.join("bob");
    of.join("kim");
    of.talk(20);
    of.join("eve");
    of.talk(20);
    String track =
        of.told.stream()
            .filter(SfuEvent.TrackUp.class::isInstance)
            .map(event -> ((SfuEvent.TrackUp) event).track().id())
            .findFirst()
            .orElseThrow();
    of.order(new SfuCommand.MuteTrack("room", track, true));
    of.leave("bob");
    of.talk(20);
    return of.told.stream()
        .filter(event -> !(event instanceof SfuEvent.Described))
        .collect(Collectors.groupingBy(it -> it.getClass().getSimpleName(), Collectors.counting()));
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
    hall.talk(20);
    long before = hall.tally.counts().get(Counter.SFU_CARRIED_OUT);
    int number = hall.guests.get("ann").number;
    hall.talk(50);
    long packets = 3 * 2 * (hall.guests.get("ann").number - number);
    assertEquals(2 * packets, hall.tally.counts().get(Counter.SFU_CARRIED_OUT) - before);
  }
}
