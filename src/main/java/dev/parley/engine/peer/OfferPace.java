package dev.parley.engine.peer;

import dev.parley.engine.Deadline;
import dev.parley.engine.Engine;
import java.time.Duration;

/// How soon after an offer the next one may follow. Confined to the peer's loop.
///
/// An offer names every section, and so does its answer: where each of 150 people who come costs
/// all the others a description of all, the descriptions grow with the cube of their number. So
/// what changes in a large room soon after an offer waits for the next one, and many changes are
/// one offer. The wait grows with the square of the sections: all members of a room together
/// describe as many sections a second as those of a smaller one. In a small room nothing waits, and
/// what comes after a while of rest never does.
final class OfferPace {
  /// Sections that nobody waits for.
  private static final int FEW = 20;

  /// So many nanoseconds for the square of a section: of 150 who publish camera and microphone, all
  /// are described anew in eight seconds, of 50 in half a second.
  private static final long SQUARED = 100_000;

  private static final long MOST = Duration.ofSeconds(8).toNanos();

  /// After so long what only saves work in the next description is not kept any longer.
  private static final long REST = Duration.ofSeconds(20).toNanos();

  private long next = Engine.NEVER;
  private long restsAt = Engine.NEVER;
  private boolean waits;

  /// Whether an offer may be made now; where not, [#deadline()] says when.
  boolean permits(long now) {
    waits = next != Engine.NEVER && now - next < 0;
    return !waits;
  }

  /// One was made.
  void offered(int sections, long now) {
    waits = false;
    long more = Math.max(0, sections - FEW);
    next = Deadline.at(now + Math.min(MOST, SQUARED * more * more));
    restsAt = Deadline.at(now + REST);
  }

  /// Whether there was none for long; asked when the deadline has come.
  boolean rests(long now) {
    boolean rests = Deadline.due(restsAt, now);
    if (rests) {
      next = restsAt = Engine.NEVER;
    }
    return rests;
  }

  long deadline() {
    return waits ? next : restsAt;
  }
}
