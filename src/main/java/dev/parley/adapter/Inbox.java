package dev.parley.adapter;

import dev.parley.adapter.io.LoopIo;
import dev.parley.media.MediaCommand;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/// What other threads leave for one loop: commands of the enterprise half, messages of other loops,
/// and results of work done elsewhere. Waking the loop is its business too.
///
/// Whoever leaves something looks at `asleep` after it is in the box; the loop looks into the box
/// after `asleep` is set: one of the two sees the other.
final class Inbox {
  private final Mailbox commands;
  private final Passage passage = new Passage();
  private final ConcurrentLinkedQueue<Runnable> results = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean asleep = new AtomicBoolean();
  private final LoopIo io;

  Inbox(int capacity, LoopIo io) {
    this.commands = new Mailbox(capacity);
    this.io = io;
  }

  /// Leaves a command, from any thread; false where the box is full.
  boolean post(MediaCommand command) {
    boolean taken = commands.offer(command);
    if (taken) {
      rouse();
    }
    return taken;
  }

  /// Leaves a piece of work for the loop's thread, from any thread. Unbounded: only for answers to
  /// what the loop itself has asked for, and for what there are only so many of at a time.
  void execute(Runnable result) {
    results.add(result);
    rouse();
  }

  /// Leaves a message, from another loop; the caller rouses the reader when its turn ends.
  boolean pass(Passed kind, Object to, Object from, byte[] octets, int at, int length) {
    return passage.offer(kind, to, from, octets, at, length);
  }

  /// Ends the loop's wait if it waits.
  void rouse() {
    if (asleep.get() && asleep.getAndSet(false)) {
      io.wake();
    }
  }

  /// The loop is about to wait; whether it may.
  boolean fallAsleep() {
    asleep.set(true);
    return commands.isEmpty() && passage.isEmpty() && results.isEmpty();
  }

  void awake() {
    asleep.setPlain(false);
  }

  MediaCommand command() {
    return commands.poll();
  }

  Runnable result() {
    return results.poll();
  }

  void passed(Reader reader) {
    passage.drain(reader);
  }
}
