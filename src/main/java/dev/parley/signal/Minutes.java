package dev.parley.signal;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/// What a meeting says only after it is written: facts go out as [Effect.Write], and what follows
/// from them is done when they come back, in the order they happened. Where no chronicle is kept it
/// is done at once.
///
/// Confined to its meeting's monitor.
final class Minutes {
  /// How long anybody waits for the database. A leave is told then all the same: what is not
  /// written is seen at the next start. A join is refused.
  static final long PATIENCE_MILLIS = 3_000;

  /// Something that waits for its fact, or for those before it.
  static final class Entry {
    private final long by;
    private final LongConsumer then;
    private final LongConsumer late;
    private boolean written;

    private Entry(long by, LongConsumer then, LongConsumer late, boolean written) {
      this.by = by;
      this.then = then;
      this.late = late;
      this.written = written;
    }
  }

  private final Meeting meeting;
  private final Roster roster;
  private final Forwarding forwarding;
  private final List<Effect> effects;
  private final boolean kept;
  private final ArrayDeque<Entry> waiting = new ArrayDeque<>(2);
  private boolean hastened;

  Minutes(
      Meeting meeting, Roster roster, Forwarding forwarding, List<Effect> effects, boolean kept) {
    this.meeting = meeting;
    this.roster = roster;
    this.forwarding = forwarding;
    this.effects = effects;
    this.kept = kept;
  }

  /// Whether facts are wanted at all.
  boolean kept() {
    return kept;
  }

  /// The room as facts have it.
  Fact.Scene scene(long now) {
    int present = roster.all(s -> s.seated() && !s.leaving()).size();
    return new Fact.Scene(
        meeting.room(), present, forwarding.publishers(), Instant.ofEpochMilli(now));
  }

  /// Nobody comes any more.
  void ended(long now) {
    note(() -> new Fact.Ended(scene(now)));
  }

  /// Writes a fact.
  ///
  /// @param then what follows from it, given the time then
  /// @param late what is done instead where it takes too long
  void record(Supplier<Fact> fact, long now, LongConsumer then, LongConsumer late) {
    if (!kept) {
      then.accept(now);
    } else if (hastened) {
      note(fact);
      then.accept(now);
    } else {
      var entry = new Entry(now + PATIENCE_MILLIS, then, late, false);
      waiting.add(entry);
      effects.add(new Effect.Write(fact.get(), entry));
      meeting.wakeBy(entry.by);
    }
  }

  /// Writes a fact that nobody waits for.
  void note(Supplier<Fact> fact) {
    if (kept) {
      effects.add(new Effect.Write(fact.get(), null));
    }
  }

  /// Does something after all that waits already.
  void follow(long now, LongConsumer then) {
    if (waiting.isEmpty()) {
      then.accept(now);
    } else {
      waiting.add(new Entry(now, then, then, true));
    }
  }

  /// A fact is written.
  void written(Entry entry, long now) {
    entry.written = true;
    release(now, false);
  }

  /// When it next wants to be ticked.
  long deadline() {
    return waiting.isEmpty() ? Meeting.NEVER : waiting.peek().by;
  }

  void tick(long now) {
    release(now, false);
  }

  /// From now on nobody waits.
  void hasten(long now) {
    hastened = true;
    release(now, true);
  }

  private void release(long now, boolean all) {
    for (var next = waiting.peek(); next != null; next = waiting.peek()) {
      if (next.written) {
        waiting.remove().then.accept(now);
      } else if (all || next.by <= now) {
        waiting.remove().late.accept(now);
      } else {
        return;
      }
    }
  }
}
