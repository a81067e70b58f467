package dev.parley.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class TimersProperties {
  // Times wrap in the middle of what the property plays with.
  private static final long ZERO = Long.MAX_VALUE - 500;

  @Property
  void everybodyIsWokenOnceAndInOrder(
      @ForAll List<@IntRange(max = 1000) Integer> delays,
      @ForAll List<@IntRange(max = 50) Integer> cancelled) {
    Timers timers = new Timers();
    List<Long> woken = new ArrayList<>();
    Map<Integer, Timers.Alarm> alarms = new HashMap<>();
    for (int i = 0; i < delays.size(); i++) {
      long at = ZERO + delays.get(i);
      Timers.Alarm alarm =
          new Timers.Alarm(
              now -> {
                woken.add(at);
                return Engine.NEVER;
              });
      alarms.put(i, alarm);
      timers.noLaterThan(alarm, at + 7);
      timers.noLaterThan(alarm, at);
      timers.noLaterThan(alarm, at + 3);
    }
    for (int which : cancelled) {
      Timers.Alarm alarm = alarms.remove(which);
      if (alarm != null) {
        timers.cancel(alarm);
        // Twice does nothing more.
        timers.cancel(alarm);
      }
    }
    int expected = alarms.size();
    assertEquals(expected, timers.size());
    while (timers.size() > 0) {
      timers.tick(timers.deadline());
    }
    assertEquals(expected, woken.size());
    for (int i = 1; i < woken.size(); i++) {
      assertTrue(woken.get(i) - woken.get(i - 1) >= 0);
    }
    assertEquals(Engine.NEVER, timers.deadline());
  }

  @Property
  void aSleeperThatWantsMoreIsWokenAgain(@ForAll @IntRange(min = 1, max = 50) int times) {
    Timers timers = new Timers();
    int[] woken = {0};
    Timers.Alarm alarm = new Timers.Alarm(now -> ++woken[0] < times ? now + 5 : Engine.NEVER);
    timers.noLaterThan(alarm, ZERO);
    for (long now = ZERO; timers.size() > 0; now++) {
      timers.tick(now);
    }
    assertEquals(times, woken[0]);
  }

  /// Whatever deadlines sleepers have after a tick, and others set between two: as a loop knows an
  /// engine that spins by a deadline that stands, none is ever the one just served, or before it.
  @Property
  void aDeadlineThatHasBeenServedNeverStandsAgain(
      @ForAll List<@IntRange(min = -20, max = 20) Integer> again,
      @ForAll @IntRange(max = 30) int late) {
    Timers timers = new Timers();
    int[] woken = {0};
    long[] now = {ZERO};
    for (int change : again) {
      Timers.Alarm alarm = new Timers.Alarm(at -> ++woken[0] % 2 == 0 ? at + change : Engine.NEVER);
      timers.noLaterThan(alarm, now[0] + change);
      long served = timers.deadline();
      now[0] = served + late;
      timers.tick(now[0]);
      timers.noLaterThan(new Timers.Alarm(_ -> Engine.NEVER), served);
      assertTrue(timers.deadline() - now[0] > 0);
      assertTrue(timers.deadline() - now[0] <= 20);
    }
  }
}
