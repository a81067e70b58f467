package dev.parley.engine.sfu;

import java.time.Duration;

/// How long a [Subscription] that shows nothing goes on waiting for a key frame. Confined to the
/// loop of the room.
///
/// Where nothing looks like a key frame for so long after one was asked for, as in encrypted
/// payloads, the receiver is to find out itself. Time in which nothing comes at all says nothing of
/// that and does not count: behind a silence, the first packets are of a key frame, and where its
/// beginning is lost there will be another.
final class Patience {
  private static final long LONGEST = Duration.ofSeconds(3).toNanos();
  private static final long SILENCE = Duration.ofMillis(500).toNanos();

  private long left;
  private long heardAt;

  /// A key frame has been asked for.
  void begin(long now) {
    left = LONGEST;
    heardAt = now;
  }

  /// Whether it is at its end, with a packet that nobody can begin with for all that is known. The
  /// first one behind a silence asks anew: what was asked for before may have been lost with it.
  boolean over(Layer of, int slot, long now) {
    if (of.ring().payloadLength(slot) == 0) {
      return false;
    }
    long passed = now - heardAt;
    heardAt = now;
    left -= Math.min(passed, SILENCE);
    if (passed > SILENCE) {
      of.askForNewcomer(now);
    }
    return left < 0;
  }
}
