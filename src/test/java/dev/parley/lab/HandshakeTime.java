package dev.parley.lab;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/// The time of DTLS handshakes, which passes only when a test has it pass; where classes were
/// loaded by [HandshakeTimeLoader], elsewhere it is the time of the machine.
///
/// A handshake waits inside BouncyCastle, on a thread of its own: here all such threads are known,
/// and whether each has come to rest.
public final class HandshakeTime {
  /// No thread waits for time to pass.
  public static final long NEVER = Long.MAX_VALUE;

  private static final HandshakeTime ONE = new HandshakeTime();

  private record Wait(BlockingQueue<?> queue, long until) {}

  private final Set<Thread> threads = new HashSet<>();
  private final Map<Thread, Wait> waiting = new HashMap<>();
  private long now = 1_000_000;

  private HandshakeTime() {}

  /// Whether time is a test's here.
  public static boolean virtual() {
    return HandshakeTimeLoader.NAME.equals(HandshakeTime.class.getClassLoader().getName());
  }

  /// In place of [System#currentTimeMillis].
  public static long millis() {
    synchronized (ONE) {
      return ONE.now;
    }
  }

  /// In place of [Thread#start].
  public static void start(Thread thread) {
    synchronized (ONE) {
      ONE.threads.add(thread);
    }
    thread.start();
  }

  /// In place of [BlockingQueue#poll(long, TimeUnit)].
  public static Object poll(BlockingQueue<?> queue, long time, TimeUnit unit)
      throws InterruptedException {
    synchronized (ONE) {
      return ONE.await(queue, ONE.now + unit.toMillis(time));
    }
  }

  /// In place of [BlockingQueue#take].
  public static Object take(BlockingQueue<?> queue) throws InterruptedException {
    synchronized (ONE) {
      return ONE.await(queue, NEVER);
    }
  }

  private Object await(BlockingQueue<?> queue, long until) throws InterruptedException {
    Object taken = queue.poll();
    while (taken == null && now < until) {
      waiting.put(Thread.currentThread(), new Wait(queue, until));
      try {
        wait();
      } finally {
        waiting.remove(Thread.currentThread());
      }
      taken = queue.poll();
    }
    return taken;
  }

  /// Lets every handshake go on until it waits, for a datagram or for time to pass.
  public static void settle() {
    synchronized (ONE) {
      try {
        while (ONE.busy()) {
          ONE.notifyAll();
          ONE.wait(1);
        }
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  private boolean busy() {
    threads.removeIf(thread -> !thread.isAlive());
    for (Thread thread : threads) {
      Wait wait = waiting.get(thread);
      if (wait == null || !wait.queue.isEmpty() || now >= wait.until || thread.isInterrupted()) {
        return true;
      }
    }
    return false;
  }

  /// When the first of those that wait goes on by itself, in milliseconds, or [#NEVER].
  public static long deadline() {
    synchronized (ONE) {
      return ONE.waiting.values().stream().mapToLong(Wait::until).min().orElse(NEVER);
    }
  }

  /// Lets time pass; [#settle] is to follow.
  public static void pass(long milliseconds) {
    synchronized (ONE) {
      ONE.now += milliseconds;
    }
  }
}
