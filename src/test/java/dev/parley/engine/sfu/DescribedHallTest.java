package dev.parley.engine.sfu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.media.Counter;
import dev.parley.media.Quality;
import dev.parley.media.RoomMedia;
import dev.parley.media.SfuCommand;
import dev.parley.media.SfuEvent;
import dev.parley.media.SfuEvent.QualityChanged;
import dev.parley.media.Snapshot;
import dev.parley.observe.LoopGauge;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/// What rooms with whole clients tell of themselves, on one loop and on three.
@ParameterizedClass
@ValueSource(ints = {1, 3})
class DescribedHallTest {
  private final int loops;
  private final Hall hall;

  DescribedHallTest(int loops) {
    this.loops = loops;
    hall = new Hall(loops);
  }

  private void three() {
    List.of("ann", "bob", "kim").forEach(hall::join);
  }

  /// What each loop tells.
  private List<RoomMedia> parts() {
    int before = hall.told.size();
    hall.order(new SfuCommand.DescribeRoom("room", 7));
    List<RoomMedia> parts =
        hall.told.subList(before, hall.told.size()).stream()
            .filter(SfuEvent.RoomDescribed.class::isInstance)
            .map(event -> ((SfuEvent.RoomDescribed) event).media())
            .toList();
    assertEquals(loops, parts.size());
    return parts;
  }

  private long gauge(LoopGauge gauge) {
    long[] counts = new long[Counter.values().length];
    hall.tally.counts().forEach((counter, count) -> counts[counter.ordinal()] = count);
    return gauge.of(new Snapshot(0, counts));
  }

  private List<QualityChanged> told() {
    return hall.told.stream()
        .filter(QualityChanged.class::isInstance)
        .map(QualityChanged.class::cast)
        .toList();
  }

  @Test
  void everyPeerAndSubscriptionIsToldOnceAndEveryTrackByWhoHasItFirstHand() {
    three();
    hall.talk(150);
    List<RoomMedia> parts = parts();
    assertEquals(
        List.of("ann", "bob", "kim"),
        parts.stream().flatMap(it -> it.peers().stream()).map(it -> it.id()).sorted().toList());
    List<RoomMedia.Subscription> subscriptions =
        parts.stream().flatMap(it -> it.subscriptions().stream()).toList();
    assertEquals(12, subscriptions.size());
    assertEquals(12, subscriptions.stream().map(it -> it.peer() + it.track()).distinct().count());
    for (RoomMedia.Subscription each : subscriptions) {
      assertEquals("running", each.why(), each.toString());
      assertTrue(each.packets() > 100, each.toString());
      assertNotNull(each.mid());
    }
    int firstHand = 0;
    for (RoomMedia part : parts) {
      assertEquals(6, part.tracks().size());
      Set<String> here = part.peers().stream().map(it -> it.id()).collect(Collectors.toSet());
      for (RoomMedia.Track track : part.tracks()) {
        RoomMedia.Layer layer = track.layers().getFirst();
        assertTrue(layer.live(), track.toString());
        if (here.contains(track.peer())) {
          firstHand++;
          assertTrue(layer.packets() > 100, track.toString());
          assertEquals(0, layer.lost());
        }
      }
    }
    assertEquals(6, firstHand);
  }

  @Test
  void aWayWithoutTroubleIsExcellentAndOneThatLosesIsNot() {
    three();
    hall.talk(400);
    assertEquals(
        Set.of("ann", "bob", "kim"),
        told().stream().map(QualityChanged::participant).collect(Collectors.toSet()));
    assertTrue(told().stream().allMatch(it -> it.quality() == Quality.EXCELLENT), told()::toString);
    hall.network.loss(0.2, 0);
    hall.talk(800);
    for (String name : List.of("ann", "bob", "kim")) {
      QualityChanged last =
          told().stream().filter(it -> it.participant().equals(name)).toList().getLast();
      assertEquals(Quality.POOR, last.quality(), last.toString());
    }
  }

  @Test
  void whoIsNotHeardOfIsLost() {
    three();
    hall.talk(300);
    hall.guests.get("ann").client.vanish();
    hall.guests.get("ann").publishing = false;
    hall.network.pass(Duration.ofSeconds(15));
    assertEquals(
        new QualityChanged("room", "ann", "ann", 1, Quality.LOST),
        told().stream().filter(it -> it.participant().equals("ann")).toList().getLast());
    RoomMedia.Peer ann =
        parts().stream()
            .flatMap(it -> it.peers().stream())
            .filter(it -> it.id().equals("ann"))
            .findFirst()
            .orElseThrow();
    assertEquals("quiet", ann.state());
    assertEquals("lost", ann.quality());
  }

  @Test
  void gaugesSayWhatIsThereAndNothingWhenAllHaveGone() {
    three();
    hall.talk(20);
    assertEquals(3, gauge(LoopGauge.PEERS));
    assertEquals(loops, gauge(LoopGauge.ROOMS));
    assertEquals(6, gauge(LoopGauge.TRACKS));
    assertEquals(12, gauge(LoopGauge.SUBSCRIPTIONS));
    hall.guests.keySet().forEach(hall::leave);
    assertTrue(hall.empty());
    for (LoopGauge gauge : LoopGauge.values()) {
      assertEquals(0, gauge(gauge), gauge.label());
    }
    assertFalse(hall.tally.counts().containsKey(Counter.ENGINE_FAILURES));
  }
}
