package dev.parley.signal;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/// The one thread that watches deadlines: four looks a second for all sockets together. A managed
/// task for each would cost 30-60 µs of CPU at every submit (Payara captures the context anew).
final class Ticker {
  private static final Logger LOG = System.getLogger(Ticker.class.getName());
  private static final long PERIOD_MILLIS = 250;

  private final Reception reception;
  private final Meetings meetings;
  private Thread thread;

  Ticker(Reception reception, Meetings meetings) {
    this.reception = reception;
    this.meetings = meetings;
  }

  void look() {
    long now = meetings.now();
    reception.tick(now);
    meetings.tick(now);
  }

  synchronized void start() {
    if (thread == null) {
      thread = Thread.ofPlatform().daemon().name("parley-signaling").start(this::run);
    }
  }

  synchronized void stop() {
    if (thread == null) {
      return;
    }
    thread.interrupt();
    try {
      thread.join(5_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    thread = null;
  }

  private void run() {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        Thread.sleep(PERIOD_MILLIS);
        look();
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        LOG.log(Level.WARNING, "A look at the deadlines failed; the next one follows", e);
      }
    }
  }
}
