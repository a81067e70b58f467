package dev.parley.signal;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/// Runs tasks one after the other in the order they came, on threads of somebody else: whoever
/// hands one in never waits for it.
final class Serial implements Executor {
  private static final Logger LOG = System.getLogger(Serial.class.getName());

  private final Executor threads;
  private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();

  Serial(Executor threads) {
    this.threads = threads;
  }

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
    if (waiting.getAndIncrement() == 0) {
      threads.execute(this::drain);
    }
  }

  private void drain() {
    do {
      try {
        tasks.remove().run();
      } catch (RuntimeException e) {
        LOG.log(
            Level.ERROR, "A fact of the media half could not be taken; the next one follows", e);
      }
    } while (waiting.decrementAndGet() > 0);
  }
}
