package dev.parley.lab;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

/// The narrow place of a path, one way: a queue that drops what does not fit, a rate, loss, and a
/// delay behind it. Several flows may share it.
public final class Bottleneck {
  private record Packet(int octets, Runnable arrival) {}

  private final Timeline timeline;
  private final SplittableRandom random = new SplittableRandom(7);
  private final Queue<Packet> queue = new ArrayDeque<>();
  private BooleanSupplier loss = LossModel.none();
  private double rate;
  private int limit = 200_000;
  private int waiting;
  private boolean busy;
  private Duration delay = Duration.ofMillis(25);
  private Duration jitter = Duration.ZERO;
  private long last;
  private boolean any;
  private int burst;
  private double tokens;
  private long filled;
  private long dropped;

  public Bottleneck(Timeline timeline, double bitsPerSecond) {
    this.timeline = timeline;
    rate = bitsPerSecond;
  }

  /// From the next packet on.
  public void rate(double bitsPerSecond) {
    rate = bitsPerSecond;
  }

  public double rate() {
    return rate;
  }

  public void loss(BooleanSupplier model) {
    loss = model;
  }

  /// Octets that may wait.
  public void limit(int octets) {
    limit = octets;
  }

  /// Behind the queue; order is kept.
  public void delay(Duration least, Duration more) {
    delay = least;
    jitter = more;
  }

  /// So many octets pass at once when nothing passed before: a token bucket.
  public void burst(int octets) {
    burst = octets;
    tokens = octets;
    filled = timeline.now();
  }

  /// How long what comes now has to wait.
  public Duration queueDelay() {
    return Duration.ofNanos((long) (8e9 * waiting / rate));
  }

  /// Packets that found the queue full.
  public long dropped() {
    return dropped;
  }

  /// Carries a packet; `arrival` runs if and when it arrives.
  public void carry(int octets, Runnable arrival) {
    if (loss.getAsBoolean()) {
      return;
    }
    if (waiting + octets > limit) {
      dropped++;
      return;
    }
    waiting += octets;
    queue.add(new Packet(octets, arrival));
    if (!busy) {
      serve();
    }
  }

  private void serve() {
    Packet packet = queue.peek();
    busy = packet != null;
    if (busy) {
      timeline.at(timeline.now() + time(packet.octets), this::served);
    }
  }

  private long time(int octets) {
    if (burst == 0) {
      return (long) (8e9 * octets / rate);
    }
    long now = timeline.now();
    tokens = Math.min(burst, tokens + rate * (now - filled) / 8e9);
    filled = now;
    tokens -= octets;
    return tokens >= 0 ? 0 : (long) (8e9 * -tokens / rate);
  }

  private void served() {
    Packet packet = queue.remove();
    waiting -= packet.octets;
    long more = jitter.isZero() ? 0 : random.nextLong(jitter.toNanos());
    long at = timeline.now() + delay.toNanos() + more;
    if (any && at - last < 0) {
      at = last;
    }
    any = true;
    last = at;
    timeline.at(at, packet.arrival);
    serve();
  }
}
