package dev.parley.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.media.Counter;
import dev.parley.media.Snapshot;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The figures of event loops by name and value.
class LoopGaugeTest {
  private static Snapshot counts(Counter more, long of, Counter less, long off) {
    long[] counts = new long[Counter.values().length];
    counts[more.ordinal()] = of;
    counts[less.ordinal()] = off;
    return new Snapshot(0, counts);
  }

  @Test
  void theNamesAreThoseTheReferenceHas() {
    assertEquals(
        List.of(
            "sfu_peers",
            "sfu_rooms",
            "sfu_tracks",
            "sfu_subscriptions",
            "sfu_subscriptions_held_back",
            "sfu_videos_aside"),
        Arrays.stream(LoopGauge.values()).map(LoopGauge::label).toList());
    assertEquals("sfu_quality_excellent", Counter.SFU_QUALITY_EXCELLENT.label());
    assertEquals("sfu_quality_good", Counter.SFU_QUALITY_GOOD.label());
    assertEquals("sfu_quality_poor", Counter.SFU_QUALITY_POOR.label());
    assertEquals("sfu_quality_lost", Counter.SFU_QUALITY_LOST.label());
  }

  @Test
  void noTwoFiguresOfALoopHaveOneName() {
    Set<String> seen = new HashSet<>();
    for (Counter counter : Counter.values()) {
      assertTrue(seen.add(counter.label()), counter.label());
    }
    for (LoopGauge gauge : LoopGauge.values()) {
      assertTrue(seen.add(gauge.label()), gauge.label());
      assertTrue(gauge.label().matches("[a-z]+(_[a-z]+)*"), gauge.label());
    }
  }

  @Test
  void whatIsThereIsWhatCameWithoutWhatWent() {
    assertEquals(
        4, LoopGauge.PEERS.of(counts(Counter.SFU_PEERS_OPENED, 9, Counter.SFU_PEERS_CLOSED, 5)));
    assertEquals(
        1, LoopGauge.WAITING.of(counts(Counter.SFU_HELD_BACK, 3, Counter.SFU_RELEASED, 2)));
  }

  @Test
  void countersReadInTheMiddleOfAChangeGiveNothingNegative() {
    assertEquals(
        0, LoopGauge.TRACKS.of(counts(Counter.SFU_TRACKS_UP, 4, Counter.SFU_TRACKS_DOWN, 5)));
  }
}
