package dev.parley.boot;

import dev.parley.media.MediaCommand;
import java.time.Duration;
import java.util.ArrayDeque;

/// The orders for one loop, in order and none lost: what finds its mailbox full waits here, since
/// an order to close that got lost would leave a peer behind for ever. Thread-safe.
final class Lane {
  private static final System.Logger LOG = System.getLogger(Lane.class.getName());

  /// A loop empties its mailbox every turn; only one that is stuck leaves orders waiting long.
  private static final Duration PAUSE = Duration.ofMillis(5);

  /// Orders that wait at most: some minutes of a busy node's. Beyond that the loop is lost anyway.
  private static final int MOST = 100_000;

  private final Loops loops;
  private final int loop;
  private final ArrayDeque<MediaCommand> waiting = new ArrayDeque<>();

  Lane(Loops loops, int loop) {
    this.loops = loops;
    this.loop = loop;
  }

  /// Hands an order over and returns at once.
  synchronized void order(MediaCommand command) {
    if (waiting.isEmpty() && loops.post(loop, command)) {
      return;
    }
    if (waiting.size() >= MOST) {
      LOG.log(System.Logger.Level.ERROR, "loop {0} takes no orders; one was dropped", loop);
      return;
    }
    waiting.add(command);
    if (waiting.size() == 1) {
      Thread.ofVirtual().name("parley-lane").start(this::drain);
    }
  }

  private void drain() {
    while (pass()) {
      try {
        Thread.sleep(PAUSE);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  /// Passes on what the mailbox takes; whether something still waits.
  private synchronized boolean pass() {
    while (!waiting.isEmpty() && loops.post(loop, waiting.peek())) {
      waiting.remove();
    }
    return !waiting.isEmpty() && loop < loops.loops();
  }
}
