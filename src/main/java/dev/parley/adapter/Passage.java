package dev.parley.adapter;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// A bounded ring of messages from the other loops to one loop, without locks; full slots are
/// refused, not waited for.
///
/// A slot's number tells whose turn it is: the position itself for the writer that claims it, one
/// more for the reader. The octets are copied into buffers that the slots keep, so that a steady
/// flow allocates nothing.
final class Passage {
  /// Messages that may wait.
  static final int SLOTS = 1024;

  /// Octets a message may have.
  static final int OCTETS = 2048;

  /// Octets before each message that its reader may overwrite, see [Intake].
  static final int HEADROOM = 64;

  private static final int TAILROOM = 64;
  private static final VarHandle TURN = MethodHandles.arrayElementVarHandle(long[].class);
  private static final VarHandle TAIL;

  static {
    try {
      TAIL = MethodHandles.lookup().findVarHandle(Passage.class, "tail", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final long[] turns = new long[SLOTS];
  private final Passed[] kinds = new Passed[SLOTS];
  private final Object[] to = new Object[SLOTS];
  private final Object[] from = new Object[SLOTS];
  private final byte[][] octets = new byte[SLOTS][];
  private final int[] lengths = new int[SLOTS];

  // Written through TAIL.
  @SuppressWarnings("unused")
  private long tail;

  private long head;

  Passage() {
    for (int i = 0; i < SLOTS; i++) {
      turns[i] = i;
    }
    VarHandle.releaseFence();
  }

  /// Copies a message in, from any loop; false where it is too long or the ring is full.
  boolean offer(Passed kind, Object receiver, Object sender, byte[] source, int at, int length) {
    if (length > OCTETS) {
      return false;
    }
    while (true) {
      long position = (long) TAIL.getVolatile(this);
      int slot = (int) position & SLOTS - 1;
      long turn = (long) TURN.getAcquire(turns, slot);
      if (turn < position) {
        return false;
      }
      if (turn == position && TAIL.compareAndSet(this, position, position + 1)) {
        fill(slot, kind, receiver, sender, source, at, length);
        TURN.setRelease(turns, slot, position + 1);
        return true;
      }
    }
  }

  private void fill(
      int slot, Passed kind, Object receiver, Object sender, byte[] source, int at, int length) {
    if (octets[slot] == null) {
      octets[slot] = new byte[HEADROOM + OCTETS + TAILROOM];
    }
    System.arraycopy(source, at, octets[slot], HEADROOM, length);
    kinds[slot] = kind;
    to[slot] = receiver;
    from[slot] = sender;
    lengths[slot] = length;
  }

  /// Hands over what is there, by the owning loop only; not more than a ring full.
  void drain(Reader reader) {
    for (int i = 0; i < SLOTS; i++) {
      int slot = (int) head & SLOTS - 1;
      if ((long) TURN.getAcquire(turns, slot) != head + 1) {
        return;
      }
      try {
        reader.passed(kinds[slot], to[slot], from[slot], octets[slot], HEADROOM, lengths[slot]);
      } finally {
        to[slot] = null;
        from[slot] = null;
        TURN.setRelease(turns, slot, head + SLOTS);
        head++;
      }
    }
  }

  /// Whether there is nothing to take, by the owning loop only.
  boolean isEmpty() {
    return (long) TURN.getVolatile(turns, (int) head & SLOTS - 1) != head + 1;
  }
}
