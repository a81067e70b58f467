package dev.parley.adapter;

import dev.parley.media.MediaCommand;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/// A bounded queue of commands from many threads to one loop, without locks.
///
/// A slot is null until its command is there, so the reader never waits for a writer that has
/// claimed a slot and not filled it yet.
final class Mailbox {
  private final AtomicReferenceArray<MediaCommand> slots;
  private final AtomicLong tail = new AtomicLong();
  private final AtomicLong head = new AtomicLong();

  /// @param capacity rounded up to a power of two
  Mailbox(int capacity) {
    int size = Integer.highestOneBit(Math.max(1, capacity - 1)) << 1;
    this.slots = new AtomicReferenceArray<>(capacity == 1 ? 1 : size);
  }

  /// Puts a command in, from any thread; false where the box is full.
  boolean offer(MediaCommand command) {
    while (true) {
      long end = tail.get();
      if (end - head.getAcquire() >= slots.length()) {
        return false;
      }
      if (tail.compareAndSet(end, end + 1)) {
        slots.set(slot(end), command);
        return true;
      }
    }
  }

  /// Takes the next command, by the loop only; null where there is none.
  MediaCommand poll() {
    long next = head.getPlain();
    MediaCommand command = slots.get(slot(next));
    if (command != null) {
      slots.setPlain(slot(next), null);
      head.setRelease(next + 1);
    }
    return command;
  }

  /// Whether there is nothing to take, by the loop only.
  boolean isEmpty() {
    return slots.get(slot(head.getPlain())) == null;
  }

  private int slot(long index) {
    return (int) index & slots.length() - 1;
  }
}
