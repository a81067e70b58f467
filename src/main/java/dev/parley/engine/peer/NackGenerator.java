package dev.parley.engine.peer;

import dev.parley.engine.Engine;
import java.time.Duration;

/// Which packets of one incoming RtpStream to ask the publisher for again by generic NACK (RFC 4585
/// section 6.2.1). Confined to the loop of its peer.
///
/// A gap in the sequence numbers waits a little, since it may be reorder; then its packets are
/// asked for, again after a round trip and ever later, until they come, were asked for too often or
/// are too old to be of use. A gap wider than [#WINDOW] is no loss to repair but an outage:
/// everything missing is forgotten and, for video, a key frame wanted instead. What is older than a
/// key frame need not be repaired.
public final class NackGenerator {
  /// Packets that can be missing at once.
  public static final int WINDOW = 256;

  private static final long NONE = -1;
  private static final int TRIES = 10;
  private static final long REORDER = Duration.ofMillis(10).toNanos();
  private static final long SHORTEST = Duration.ofMillis(20).toNanos();
  private static final long LONGEST = Duration.ofMillis(500).toNanos();

  private final long[] missing = new long[WINDOW];
  private final long[] since = new long[WINDOW];
  private final long[] dueAt = new long[WINDOW];
  private final byte[] tries = new byte[WINDOW];
  private final long age;
  private int count;
  private long highest = NONE;
  private long interval = Duration.ofMillis(100).toNanos();
  private long deadline;
  private boolean keyFrameWanted;
  private long asked;
  private long recovered;

  /// @param age for how long a missing packet is asked for: what its receivers' buffers hold
  public NackGenerator(Duration age) {
    this.age = age.toNanos();
  }

  /// For video: a second, after which receivers have asked for a key frame.
  public static NackGenerator forVideo() {
    return new NackGenerator(Duration.ofSeconds(1));
  }

  /// For audio: a fifth of a second, about the longest a receiver waits before it conceals.
  public static NackGenerator forAudio() {
    return new NackGenerator(Duration.ofMillis(200));
  }

  /// The publisher's round trip time is this many nanoseconds: nothing is asked for twice within
  /// it.
  public void roundTrip(long nanoseconds) {
    interval = Math.clamp(nanoseconds + nanoseconds / 4, SHORTEST, LONGEST);
  }

  /// A packet has arrived, by itself or repaired; hot.
  ///
  /// @param sequence extended, as the ring of its packets has it
  public void received(long sequence, long now) {
    if (highest == NONE || sequence == highest + 1) {
      highest = sequence;
    } else if (sequence > highest) {
      gap(highest + 1, sequence, now);
      highest = sequence;
    } else if (count > 0) {
      remove(sequence);
    }
  }

  /// A key frame begins at this packet: what is older need not come any more.
  public void keyFrame(long sequence) {
    int older = 0;
    while (older < count && missing[older] < sequence) {
      older++;
    }
    forget(0, older);
  }

  /// Tells what to ask for now, taken as asked for.
  ///
  /// @param into gets 16-bit sequence numbers, rising; [#WINDOW] are always enough
  /// @return how many
  public int due(int[] into, long now) {
    if (count == 0 || now - deadline < 0) {
      return 0;
    }
    giveUp(now);
    int due = 0;
    for (int i = 0; i < count; i++) {
      if (now - dueAt[i] >= 0 && due < into.length) {
        into[due++] = (int) missing[i] & 0xffff;
        // Twice as long after every second request.
        dueAt[i] = now + Math.min(interval << tries[i] / 2, Math.max(interval, LONGEST));
        tries[i]++;
      }
    }
    asked += due;
    schedule();
    return due;
  }

  /// When [#due] wants to be asked next, or [Engine#NEVER].
  public long deadline() {
    return count == 0 ? Engine.NEVER : deadline;
  }

  /// Whether an outage has made a key frame needed since this was asked last.
  public boolean keyFrameWanted() {
    boolean wanted = keyFrameWanted;
    keyFrameWanted = false;
    return wanted;
  }

  /// Packets missing now.
  public int missing() {
    return count;
  }

  /// Numbers asked for so far, each time counted.
  public long asked() {
    return asked;
  }

  /// Missing packets that have come after all.
  public long recovered() {
    return recovered;
  }

  private void gap(long from, long to, long now) {
    if (to - from > WINDOW - count) {
      count = 0;
      keyFrameWanted = true;
      return;
    }
    for (long sequence = from; sequence < to; sequence++) {
      missing[count] = sequence;
      since[count] = now;
      dueAt[count] = now + REORDER;
      tries[count] = 0;
      count++;
    }
    schedule();
  }

  private void remove(long sequence) {
    for (int i = count - 1; i >= 0 && missing[i] >= sequence; i--) {
      if (missing[i] == sequence) {
        forget(i, i + 1);
        recovered++;
      }
    }
  }

  private void giveUp(long now) {
    int i = 0;
    while (i < count) {
      boolean triedOut = tries[i] >= TRIES && now - dueAt[i] >= 0;
      if (triedOut || now - since[i] >= age) {
        forget(i, i + 1);
      } else {
        i++;
      }
    }
  }

  private void forget(int from, int to) {
    int rest = count - to;
    System.arraycopy(missing, to, missing, from, rest);
    System.arraycopy(since, to, since, from, rest);
    System.arraycopy(dueAt, to, dueAt, from, rest);
    System.arraycopy(tries, to, tries, from, rest);
    count = from + rest;
  }

  private void schedule() {
    if (count > 0) {
      deadline = dueAt[0];
      for (int i = 1; i < count; i++) {
        if (dueAt[i] - deadline < 0) {
          deadline = dueAt[i];
        }
      }
    }
  }
}
