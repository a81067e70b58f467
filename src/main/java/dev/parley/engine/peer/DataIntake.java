package dev.parley.engine.peer;

import dev.parley.engine.Engine;
import dev.parley.media.DataLimits;

/// How fast a client's data messages are taken: two buckets that hold a second's worth, one of
/// octets, one of messages. Confined to the peer's loop.
///
/// Nothing is dropped: who has taken more than there was owes it, and is not read from until that
/// has come in again.
final class DataIntake {
  private static final long SECOND = 1_000_000_000L;

  /// Pauses shorter than this cost more than they bring.
  private static final long LEAST_PAUSE = 5_000_000L;

  private DataLimits limits;
  private double octets;
  private double messages;
  private long filled;
  private long resumes = Engine.NEVER;

  DataIntake(DataLimits limits, long now) {
    this.limits = limits;
    octets = limits.octetsPerSecond();
    messages = limits.messagesPerSecond();
    filled = now;
  }

  void limits(DataLimits other) {
    limits = other;
  }

  /// Counts one message. False where nothing should be read before [#resumes].
  boolean take(int length, long now) {
    fill(now);
    octets -= length;
    messages--;
    double owed =
        Math.max(-octets / limits.octetsPerSecond(), -messages / limits.messagesPerSecond());
    if (owed > 0) {
      resumes = now + Math.max(LEAST_PAUSE, (long) (owed * SECOND));
    }
    return owed <= 0;
  }

  private void fill(long now) {
    double seconds = (double) (now - filled) / SECOND;
    filled = now;
    octets = Math.min(limits.octetsPerSecond(), octets + seconds * limits.octetsPerSecond());
    messages =
        Math.min(limits.messagesPerSecond(), messages + seconds * limits.messagesPerSecond());
  }

  /// When reading may go on, or [Engine#NEVER] where it does.
  long resumes() {
    return resumes;
  }

  /// It goes on.
  void resumed() {
    resumes = Engine.NEVER;
  }
}
