package dev.parley.signal;

/// A token bucket that can run into debt: whoever goes on after a refusal pays for it.
///
/// Confined to its owner.
final class TokenBucket {
  /// What a message may meet.
  enum Verdict {
    PASS,
    REFUSE,
    CLOSE
  }

  private final int perSecond;
  private final long brim;
  // In thousandths of a message, so that milliseconds count exactly.
  private long level;
  private long filled;

  TokenBucket(int perSecond, int burst, long now) {
    this.perSecond = perSecond;
    this.brim = burst * 1000L;
    this.level = brim;
    this.filled = now;
  }

  /// @param messages how many it counts as; none counts as more than the bucket holds
  Verdict take(int messages, long now) {
    level = Math.min(brim, level + Math.max(0, now - filled) * perSecond);
    filled = now;
    level -= Math.min(brim, 1000L * messages);
    if (level >= 0) {
      return Verdict.PASS;
    }
    return level >= -brim ? Verdict.REFUSE : Verdict.CLOSE;
  }
}
