package dev.parley.lab;

import java.util.Random;

/// One direction of an [Impairment]: says when a frame is through. Time is given, so that it is
/// tested without any.
final class Lane {
  /// The frame is lost.
  static final long LOST = Long.MIN_VALUE;

  private static final long SECOND = 1_000_000_000L;

  /// How late a frame is that others overtake.
  private static final long OVERTAKEN = SECOND / 100;

  private final Random random;
  private volatile Conditions conditions = Conditions.NONE;
  private long freeAt;
  private long last;
  private boolean used;
  private volatile long passed;
  private volatile long lost;

  Lane(long seed) {
    random = new Random(seed);
  }

  /// From the next frame on; asked by any thread.
  void set(Conditions anew) {
    conditions = anew;
  }

  /// When a frame that comes now goes on, or [#LOST].
  ///
  /// @param octets of the whole frame
  long through(int octets, long now) {
    Conditions is = conditions;
    if (random.nextDouble() < is.loss()) {
      return lost();
    }
    long at = now;
    if (is.bitsPerSecond() > 0) {
      long begin = used && freeAt - now > 0 ? freeAt : now;
      if (begin - now > is.queue().toNanos()) {
        return lost();
      }
      at = begin + octets * 8L * SECOND / is.bitsPerSecond();
      freeAt = at;
    } else {
      freeAt = now;
    }
    double more = is.jitter().toNanos() * (2 * random.nextDouble() - 1);
    at += Math.max(0, is.delay().toNanos() + (long) more);
    if (is.late() > 0 && random.nextDouble() < is.late()) {
      passed++;
      return at + OVERTAKEN;
    }
    // A queue hands nothing out of order.
    at = used && last - at > 0 ? last : at;
    last = at;
    used = true;
    passed++;
    return at;
  }

  @SuppressWarnings("NonAtomicOperationOnVolatileField")
  private long lost() {
    lost++;
    return LOST;
  }

  /// Frames that got through so far.
  long passed() {
    return passed;
  }

  /// Frames that did not.
  long lostFrames() {
    return lost;
  }
}
