package dev.parley.adapter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.adapter.AdapterSettings.Preference;
import dev.parley.engine.Effects;
import dev.parley.engine.Engine;
import dev.parley.media.Counter;
import dev.parley.media.MediaCommand;
import dev.parley.media.MediaEvent;
import dev.parley.wire.FiveTuple;
import java.net.DatagramSocket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The turn of a loop: commands, deadlines, effects, failures.
class LoopTest {
  @ParameterizedTest
  @EnumSource(Preference.class)
  void commandWakesALoopThatWaitsWithoutEnd(Preference io) throws Exception {
    try (Running running = Running.start(io, (loop, effects, tally) -> Running.echo(effects))) {
      Running.until("asleep", () -> running.threads.get(0).getState() == Thread.State.RUNNABLE);
      assertTrue(running.adapter.post(0, new MediaCommand.Stop()));
      Running.until("ended", () -> running.events.contains(new MediaEvent.LoopEnded(0, null)));
      assertEquals(1, running.count(Counter.MAILBOX_COMMANDS));
    }
  }

  @ParameterizedTest
  @EnumSource(Preference.class)
  void interruptByTheContainerEndsTheLoop(Preference io) throws Exception {
    try (Running running = Running.start(io, (loop, effects, tally) -> Running.echo(effects));
        DatagramSocket client = DatagramTest.client(running.udp())) {
      running.threads.get(0).interrupt();
      DatagramTest.send(client, DatagramTest.octets(0, 10));
      Running.until("ended", () -> running.events.contains(new MediaEvent.LoopEnded(0, null)));
    }
  }

  @ParameterizedTest
  @EnumSource(Preference.class)
  void ticksWhenADeadlineHasComeAndNotAgainForTheSame(Preference io) throws Exception {
    AtomicReference<Ticking> engine = new AtomicReference<>();
    try (Running running =
        Running.start(
            io,
            (loop, effects, tally) -> {
              engine.set(new Ticking(5));
              return engine.get();
            })) {
      Running.until("five ticks", () -> engine.get().ticks.size() == 5);
      Running.until("a sleep", () -> running.count(Counter.LOOP_TURNS) >= 5);
    }
    assertEquals(5, engine.get().ticks.size());
    assertTrue(engine.get().ticks.stream().allMatch(late -> late >= 0));
  }

  @ParameterizedTest
  @EnumSource(Preference.class)
  void engineThatThrowsLosesOnlyThatInput(Preference io) throws Exception {
    try (Running running = Running.start(io, (loop, effects, tally) -> new Touchy(effects));
        DatagramSocket client = DatagramTest.client(running.udp())) {
      for (int i = 0; i < 10; i++) {
        DatagramTest.send(client, new byte[] {1});
        assertArrayEquals(new byte[] {0}, DatagramTest.exchange(client, new byte[] {0}));
      }
      assertEquals(10, running.count(Counter.ENGINE_FAILURES));
    }
  }

  @ParameterizedTest
  @EnumSource(Preference.class)
  void tickThatThrowsIsTriedAgain(Preference io) throws Exception {
    try (Running running = Running.start(io, (loop, effects, tally) -> new Failing())) {
      Running.until("retried", () -> running.count(Counter.ENGINE_FAILURES) >= 3);
    }
  }

  @Test
  void effectsAreCarriedOutInOrderAfterTheHandlerAndNeverInside() throws Exception {
    List<String> done = new CopyOnWriteArrayList<>();
    Service<String> service =
        new Service<>(
            "effects",
            List.of(Running.udp("127.0.0.1")),
            Running::frame,
            (loop, effects, tally) -> new Ordering(effects, done),
            (effect, loop) -> done.add(effect + "@" + loop.index()));
    try (Running running = Running.start(Running.settings(Preference.AUTOMATIC), service);
        DatagramSocket client = DatagramTest.client(running.udp())) {
      DatagramTest.exchange(client, new byte[] {7});
    }
    assertEquals(List.of("returning", "first@0", "second@0"), done);
  }

  @Test
  void busyTimeLeavesOutTheWaiting() throws Exception {
    long began = System.nanoTime();
    try (Running running =
            Running.start(Preference.AUTOMATIC, (loop, effects, tally) -> Running.echo(effects));
        DatagramSocket client = DatagramTest.client(running.udp())) {
      DatagramTest.exchange(client, new byte[] {7});
      Thread.sleep(50);
      DatagramTest.exchange(client, new byte[] {7});
      Running.until("two turns", () -> running.count(Counter.LOOP_TURNS) >= 2);
      long busy = running.count(Counter.LOOP_BUSY);
      assertTrue(busy > 0 && busy < System.nanoTime() - began - 40_000_000, "busy " + busy);
    }
  }

  @Test
  void aLoopThatWorksMeasuresItselfAsBusyAndLateAndTellsItsEngines() throws Exception {
    AtomicReference<Working> engine = new AtomicReference<>();
    try (Running running =
        Running.start(
            Preference.AUTOMATIC,
            (loop, effects, tally) -> {
              engine.set(new Working());
              return engine.get();
            })) {
      // On a machine with others to serve a window may bring less.
      Running.until("a busy window", () -> running.count(Counter.LOOP_LOAD) > 50);
      // The gauge is written before engines are told.
      Running.until("told of it", () -> engine.get().busy.stream().anyMatch(s -> s > 0.5));
      assertTrue(engine.get().late.getLast() >= Working.TURN / 2, "late " + engine.get().late);
      engine.get().idle = true;
      int before = engine.get().busy.size();
      Running.until("told of rest", () -> engine.get().busy.size() >= before + 2);
      assertTrue(engine.get().busy.getLast() < 0.5, "busy " + engine.get().busy);
    }
  }

  /// Does nothing but turn round, until it is told to rest.
  private static final class Working implements Engine {
    static final long TURN = 20_000_000;
    final List<Double> busy = new CopyOnWriteArrayList<>();
    final List<Long> late = new CopyOnWriteArrayList<>();
    volatile boolean idle;
    private long deadline = System.nanoTime();

    @Override
    public void receive(byte[] octets, int at, int length, FiveTuple path, long now) {}

    @Override
    public void tick(long now) {
      deadline = now + 1_000_000;
      long began = System.nanoTime();
      while (!idle && System.nanoTime() - began < TURN) {
        Thread.onSpinWait();
      }
    }

    @Override
    public void load(double share, long lateness, long now) {
      busy.add(share);
      late.add(lateness);
    }

    @Override
    public long deadline() {
      return deadline;
    }
  }

  /// Asks for a number of ticks a millisecond apart and then leaves its deadline standing.
  private static final class Ticking implements Engine {
    final List<Long> ticks = new CopyOnWriteArrayList<>();
    private final int wanted;
    private long deadline = System.nanoTime();

    Ticking(int wanted) {
      this.wanted = wanted;
    }

    @Override
    public void receive(byte[] octets, int at, int length, FiveTuple path, long now) {}

    @Override
    public void tick(long now) {
      ticks.add(now - deadline);
      deadline = ticks.size() < wanted ? now + 1_000_000 : deadline;
    }

    @Override
    public long deadline() {
      return deadline;
    }
  }

  private record Touchy(Effects<?> effects) implements Engine {
    @Override
    public void receive(byte[] octets, int at, int length, FiveTuple path, long now) {
      if (octets[at] == 1) {
        throw new IllegalStateException("a bug");
      }
      effects.transmit(octets, at, length, path);
    }

    @Override
    public void tick(long now) {}

    @Override
    public long deadline() {
      return NEVER;
    }
  }

  private record Failing() implements Engine {
    @Override
    public void receive(byte[] octets, int at, int length, FiveTuple path, long now) {}

    @Override
    public void tick(long now) {
      throw new IllegalStateException("a bug");
    }

    @Override
    public long deadline() {
      return 0;
    }
  }

  private record Ordering(Effects<String> effects, List<String> done) implements Engine {
    @Override
    public void receive(byte[] octets, int at, int length, FiveTuple path, long now) {
      effects.effect("first");
      effects.effect("second");
      effects.transmit(octets, at, length, path);
      done.add("returning");
    }

    @Override
    public void tick(long now) {}

    @Override
    public long deadline() {
      return NEVER;
    }
  }
}
