package dev.parley.lab;

import java.util.List;
import java.util.PriorityQueue;
import java.util.stream.Stream;

/// A way between two networks that is as bad as it is told to be, and may be changed while it runs:
/// delay, jitter, loss, and a rate with a queue before it. The kernels of test machines have no
/// netem; so this process carries the frames itself.
///
/// ```java
/// try (var way = Impairment.between(server, "10.77.0.1/24", client, "10.77.0.2/24")) {
///   way.towards(client, Conditions.NONE.rate(400_000).delay(Duration.ofMillis(20)));
///   …
///   way.towards(client, Conditions.NONE);
/// ```
///
/// Each network gets a device `way` with its address and, the second one, a default route to the
/// first. Closing takes the devices away.
public final class Impairment implements AutoCloseable {
  private static final String DEVICE = "way";
  private static final long LONGEST = 50_000_000L;

  private final Namespace first;
  private final Namespace second;
  private final Tap[] taps;
  private final Lane[] lanes = {new Lane(1), new Lane(2)};
  private final PriorityQueue<Frame> under = new PriorityQueue<>();
  private final byte[] octets = new byte[Tap.FRAME];
  private final Thread thread;
  private volatile boolean ends;
  private long count;

  /// One frame on its way.
  ///
  /// @param number in the order they came, which those of one time keep
  private record Frame(long due, long number, int to, byte[] octets) implements Comparable<Frame> {
    @Override
    public int compareTo(Frame other) {
      int order = Long.compare(due - other.due, 0);
      return order != 0 ? order : Long.compare(number, other.number);
    }
  }

  private Impairment(Namespace first, Namespace second, Tap[] taps) {
    this.first = first;
    this.second = second;
    this.taps = taps;
    this.thread = Thread.ofPlatform().daemon().name("impairment").start(this::run);
  }

  /// Connects two networks.
  ///
  /// @param firstAddress with its prefix length, as `10.77.0.1/24`
  public static Impairment between(
      Namespace first, String firstAddress, Namespace second, String secondAddress) {
    Namespace.require();
    String route = firstAddress.substring(0, firstAddress.indexOf('/'));
    Tap[] taps = {tap(first, firstAddress), tap(second, secondAddress)};
    ip(second, "route replace default via " + route);
    return new Impairment(first, second, taps);
  }

  private static Tap tap(Namespace in, String address) {
    Tap tap = in.inside(() -> new Tap(DEVICE));
    ip(in, "addr add " + address + " dev " + DEVICE);
    ip(in, "link set " + DEVICE + " up");
    return tap;
  }

  private static void ip(Namespace in, String command) {
    Program.mustRun(
        Stream.concat(Stream.of("ip", "-n", in.name()), Stream.of(command.split(" "))).toList());
  }

  /// What the direction to a network is like from now on.
  public void towards(Namespace end, Conditions conditions) {
    lanes[end == second ? 1 : 0].set(conditions);
  }

  /// Both directions.
  public void set(Conditions conditions) {
    List.of(first, second).forEach(end -> towards(end, conditions));
  }

  /// Frames that got through to a network so far.
  public long passed(Namespace end) {
    return lanes[end == second ? 1 : 0].passed();
  }

  /// Frames to a network that were lost, or found the queue full.
  public long lost(Namespace end) {
    return lanes[end == second ? 1 : 0].lostFrames();
  }

  private void run() {
    while (!ends) {
      long now = System.nanoTime();
      read(0, now);
      read(1, now);
      deliver();
      Frame next = under.peek();
      long wait = next == null ? LONGEST : next.due - System.nanoTime();
      if (wait > 0) {
        Tap.await(taps[0], taps[1], Math.min(wait, LONGEST));
      }
    }
  }

  private void read(int from, long now) {
    for (int length = taps[from].read(octets); length > 0; length = taps[from].read(octets)) {
      int to = 1 - from;
      long due = lanes[to].through(length, now);
      if (due != Lane.LOST) {
        under.add(new Frame(due, count++, to, java.util.Arrays.copyOf(octets, length)));
      }
    }
  }

  private void deliver() {
    long now = System.nanoTime();
    for (Frame next = under.peek(); next != null && next.due - now <= 0; next = under.peek()) {
      under.remove();
      taps[next.to].write(next.octets);
    }
  }

  @Override
  public void close() {
    ends = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (Tap tap : taps) {
      tap.close();
    }
  }
}
