package dev.parley.lab;

import dev.parley.engine.Engine;
import dev.parley.engine.peer.PacketOut;
import dev.parley.wire.FiveTuple;
import dev.parley.wire.Octets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// Clients and one engine in virtual time, with a network between them that delays, loses and
/// reorders by a seed.
///
/// Only DTLS handshakes run on threads of their own and in real time: [#until] waits for them,
/// virtual time standing still meanwhile. Where classes were loaded by [HandshakeTimeLoader]
/// handshakes are in virtual time too.
public final class SfuNetwork {
  /// Real time after which a handshake is taken to hang.
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);

  /// Virtual time after which something is taken never to come.
  private static final long LONGEST = Duration.ofMinutes(2).toNanos();

  private static final long MILLISECOND = 1_000_000;

  /// Headers of UDP and IP.
  private static final int AROUND = 28;

  /// Somebody at the far end of paths.
  public interface Client {
    void receive(byte[] datagram, FiveTuple path, long now);

    void tick(long now);

    /// When it wants to be ticked, or [Engine#NEVER].
    long deadline();
  }

  /// What becomes of one datagram, besides what the network does to all.
  @FunctionalInterface
  public interface Fate {
    /// @param up whether it goes to the server
    /// @param number of the datagram among all that were sent, from 0
    /// @return nanoseconds it is late by, or [#LOST]
    long of(boolean up, int number, byte[] datagram);
  }

  /// It never arrives.
  public static final long LOST = -1;

  private record Flight(long at, long order, Runnable arrival) {}

  private final VirtualClock clock = new VirtualClock();
  private final SplittableRandom random;
  private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
  private final Map<FiveTuple, Client> clients = new HashMap<>();
  private final PriorityQueue<Flight> flights =
      new PriorityQueue<>(
          (a, b) -> a.at != b.at ? Long.signum(a.at - b.at) : Long.compare(a.order, b.order));
  private Engine engine;
  private long order;
  private double up;
  private double down;
  private long delay = Duration.ofMillis(10).toNanos();
  private long jitter;
  private long carried;
  private long capacity;
  private long longestQueue;
  private long freeAt;
  private long queued;
  private long untold;
  private Fate fate = (_, _, _) -> 0;
  private int sent;

  public SfuNetwork(long seed) {
    random = new SplittableRandom(seed);
  }

  /// The server's end.
  public void engine(Engine served) {
    engine = served;
  }

  public long now() {
    return clock.now();
  }

  /// Shares of the packets lost on the way to the server and to the clients.
  public void loss(double toServer, double toClients) {
    up = toServer;
    down = toClients;
  }

  /// One way.
  public void delay(Duration least, Duration more) {
    delay = least.toNanos();
    jitter = more.toNanos();
  }

  /// A narrow place on the way to the clients, whose queue drops what would wait for longer.
  ///
  /// @param bitsPerSecond of datagrams with 28 octets of headers; 0 for none
  public void bottleneck(long bitsPerSecond, Duration queue) {
    capacity = bitsPerSecond;
    longestQueue = queue.toNanos();
    freeAt = clock.now();
  }

  /// How long the last datagram waited before the narrow place.
  public Duration queued() {
    return Duration.ofNanos(queued);
  }

  /// Has a test say what becomes of each datagram.
  public void fate(Fate other) {
    fate = other;
  }

  public void attach(FiveTuple path, Client client) {
    clients.put(path, client);
  }

  public void detach(FiveTuple path) {
    clients.remove(path);
  }

  /// Has something run on the loop; from any thread.
  public void soon(Runnable task) {
    tasks.add(task);
  }

  /// What the engine transmits.
  public void transmit(byte[] octets, int at, int length, FiveTuple path) {
    carried++;
    if (random.nextDouble() < down || !passes(length)) {
      return;
    }
    int from = at;
    if (path.transport().stream()) {
      if (Octets.u16(octets, at) != length - PacketOut.LENGTH) {
        throw new AssertionError("no length before a message on a stream");
      }
      from += PacketOut.LENGTH;
    }
    byte[] datagram = Arrays.copyOfRange(octets, from, at + length);
    long late = fate.of(false, sent++, datagram);
    if (late == LOST) {
      return;
    }
    fly(
        queued + late,
        () -> {
          Client client = clients.get(path);
          if (client != null) {
            client.receive(datagram, path, clock.now());
          }
        });
  }

  /// What a client sends.
  public void send(byte[] datagram, FiveTuple path) {
    long late = fate.of(true, sent++, datagram);
    if (random.nextDouble() < up || late == LOST) {
      return;
    }
    // Within larger octets, as in a loop's buffer.
    int before = path.transport().stream() ? PacketOut.LENGTH : 0;
    byte[] buffer = new byte[datagram.length + 8];
    System.arraycopy(datagram, 0, buffer, 4, datagram.length);
    if (before > 0) {
      Octets.put16(buffer, 4 - before, datagram.length);
    }
    fly(
        late,
        () -> {
          engine.receive(buffer, 4 - before, before + datagram.length, path, clock.now());
          engine.drained(clock.now());
        });
  }

  private boolean passes(int length) {
    queued = 0;
    if (capacity == 0) {
      return true;
    }
    long begins = Math.max(clock.now(), freeAt);
    if (begins - clock.now() > longestQueue) {
      return false;
    }
    freeAt = begins + (length + AROUND) * 8_000_000_000L / capacity;
    queued = freeAt - clock.now();
    return true;
  }

  private void fly(long wait, Runnable arrival) {
    long more = jitter == 0 ? 0 : random.nextLong(jitter);
    flights.add(new Flight(clock.now() + wait + delay + more, order++, arrival));
  }

  /// Has something happen later, behind what was told to before.
  public void later(Duration after, Runnable what) {
    flights.add(new Flight(clock.now() + after.toNanos(), order++, what));
  }

  /// Datagrams the engine has transmitted so far.
  public long carried() {
    return carried;
  }

  /// Lets virtual time pass, with all that happens in it.
  public void pass(Duration time) {
    long end = clock.now() + time.toNanos();
    runTasks();
    while (next(end)) {
      runTasks();
    }
    passUntil(end);
  }

  /// Lets everything happen until something is so; virtual time passes only as datagrams fly.
  public void until(String what, BooleanSupplier is) {
    if (HandshakeTime.virtual()) {
      untilVirtually(what, is);
    } else {
      untilReally(what, is);
    }
  }

  private void untilVirtually(String what, BooleanSupplier is) {
    long end = clock.now() + LONGEST;
    runTasks();
    while (!is.getAsBoolean()) {
      if (!next(end)) {
        throw new AssertionError("never: " + what);
      }
      runTasks();
    }
  }

  private void untilReally(String what, BooleanSupplier is) {
    long begun = System.nanoTime();
    while (!is.getAsBoolean()) {
      runTasks();
      if (!flights.isEmpty()) {
        next(flights.peek().at);
      } else if (!is.getAsBoolean()) {
        await();
      }
      if (System.nanoTime() - begun > PATIENCE) {
        throw new AssertionError("never: " + what);
      }
    }
    runTasks();
  }

  private void await() {
    try {
      Runnable task = tasks.poll(5, TimeUnit.MILLISECONDS);
      if (task != null) {
        task.run();
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void runTasks() {
    settle();
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
      settle();
    }
  }

  private static void settle() {
    if (HandshakeTime.virtual()) {
      HandshakeTime.settle();
    }
  }

  private void passUntil(long at) {
    long time = at - clock.now();
    clock.pass(Duration.ofNanos(time));
    if (HandshakeTime.virtual()) {
      untold += time;
      HandshakeTime.pass(untold / MILLISECOND);
      untold %= MILLISECOND;
    }
  }

  /// When a handshake goes on by itself, or [Engine#NEVER].
  private long handshakes() {
    long deadline = HandshakeTime.virtual() ? HandshakeTime.deadline() : HandshakeTime.NEVER;
    return deadline == HandshakeTime.NEVER
        ? Engine.NEVER
        : clock.now() - untold + (deadline - HandshakeTime.millis()) * MILLISECOND;
  }

  /// Does the next thing, if it is due by then.
  private boolean next(long end) {
    long at = end + 1;
    at = earlier(at, engine.deadline());
    at = earlier(at, handshakes());
    for (Client client : Map.copyOf(clients).values()) {
      at = earlier(at, client.deadline());
    }
    Flight flight = flights.peek();
    boolean flies = flight != null && flight.at - at <= 0;
    at = flies ? flight.at : at;
    if (at - end > 0) {
      return false;
    }
    if (at - clock.now() > 0) {
      passUntil(at);
    }
    if (flies) {
      flights.poll().arrival().run();
    } else {
      tick();
    }
    return true;
  }

  private void tick() {
    long now = clock.now();
    for (Client client : Map.copyOf(clients).values()) {
      if (client.deadline() != Engine.NEVER && now - client.deadline() >= 0) {
        client.tick(now);
      }
    }
    if (engine.deadline() != Engine.NEVER && now - engine.deadline() >= 0) {
      engine.tick(now);
    }
  }

  private static long earlier(long at, long deadline) {
    return deadline == Engine.NEVER || at - deadline <= 0 ? at : deadline;
  }
}
