package dev.parley.engine.sfu;

import dev.parley.media.OverloadStep;
import java.time.Duration;
import java.util.List;

/// How much of [OverloadLevel] a loop does without by now. Confined to that loop.
///
/// It rises a level at a time while the loop is busier than the next one bears, and slowly enough
/// to see what each has brought; it falls a level after the loop has been calm for some seconds,
/// each time later where a fall was a mistake.
final class Overload {
  private static final long AVERAGED = Duration.ofSeconds(1).toNanos();

  /// What a level has brought is seen after so long.
  private static final long SEEN = Duration.ofSeconds(2).toNanos();

  /// With nothing left to wait for.
  private static final long AT_ONCE = Duration.ofMillis(500).toNanos();

  /// Calm is this much less than what a level begins with.
  private static final double MARGIN = 0.15;

  private static final long CALM = Duration.ofSeconds(5).toNanos();
  private static final long LONGEST_CALM = Duration.ofSeconds(80).toNanos();

  /// Who has to rise again so soon after a fall fell too early.
  private static final long RELAPSE = Duration.ofSeconds(30).toNanos();

  private static final long LATE = Duration.ofMillis(100).toNanos();
  private static final long LATE_FOR = Duration.ofSeconds(2).toNanos();

  /// A loop that is late though it works less than this share of the time waits for others of its
  /// machine: it would not come earlier for doing without, nor would they.
  private static final double OWN_WORK = 0.4;

  /// Videos in a room whose number is not limited otherwise, before the first halving.
  private static final int MANY = 24;

  /// Fewer would be no meeting.
  private static final int FEWEST = 4;

  private final int lastN;
  private OverloadLevel level = OverloadLevel.NONE;
  private boolean known;
  private long at;
  private double busy;
  private long changedAt;
  private boolean changed;
  private boolean late;
  private long lateSince;
  private boolean calm;
  private long calmSince;
  private long calmFor = CALM;
  private boolean fallen;
  private long fallenAt;

  /// @param lastN videos a member gets in a large room at other times, 0 for all
  Overload(int lastN) {
    this.lastN = lastN == 0 ? MANY : lastN;
  }

  /// What the loop says of itself.
  ///
  /// @param share of the time since it last did that it worked, 0 to 1
  /// @param lateness how late it came at worst in that time, in nanoseconds
  /// @return whether the level is another one now
  boolean load(double share, long lateness, long now) {
    OverloadLevel before = level;
    long since = known ? at : now;
    long passed = now - since;
    busy += (share - busy) * Math.min(1, (double) passed / AVERAGED);
    known = true;
    at = now;
    late(lateness, since);
    if (tooMuch(now)) {
      calm = false;
      rise(now);
    } else {
      calm(lateness, since, now);
    }
    return level != before;
  }

  private void late(long lateness, long since) {
    boolean was = late;
    late = lateness >= LATE && busy >= OWN_WORK;
    lateSince = was ? lateSince : since;
  }

  private boolean tooMuch(long now) {
    return level != OverloadLevel.FULL
        && (busy >= level.above().busy() || late && now - lateSince >= LATE_FOR);
  }

  private void rise(long now) {
    boolean urgent = busy >= OverloadLevel.FULL.busy() || late;
    if (changed && now - changedAt < (urgent ? AT_ONCE : SEEN)) {
      return;
    }
    if (fallen) {
      calmFor = now - fallenAt < RELAPSE ? Math.min(LONGEST_CALM, 2 * calmFor) : CALM;
      fallen = false;
    }
    change(level.above(), now);
  }

  private void calm(long lateness, long since, long now) {
    if (busy > level.busy() - MARGIN || lateness > LATE / 2 && busy >= OWN_WORK) {
      calm = false;
      return;
    }
    if (!calm) {
      calm = true;
      calmSince = since;
    }
    while (level != OverloadLevel.NONE && now - calmSince >= calmFor) {
      calmSince += calmFor;
      fallen = true;
      fallenAt = now;
      change(level.below(), now);
    }
  }

  private void change(OverloadLevel to, long now) {
    level = to;
    changed = true;
    changedAt = now;
  }

  OverloadStep step() {
    return level.step();
  }

  /// Whether newcomers are refused.
  boolean full() {
    return level == OverloadLevel.FULL;
  }

  /// How many cameras a member gets at most, whatever it asks for.
  int videos() {
    return level.halvings() == 0
        ? Integer.MAX_VALUE
        : Math.min(lastN, Math.max(FEWEST, lastN >> level.halvings()));
  }

  /// What is left of what a receiver has use for.
  ///
  /// @param useful rungs, the lower first
  /// @param screen whether it is a shared one, which is of no use where it cannot be read
  List<Rung> left(List<Rung> useful, boolean screen) {
    int left = useful.size();
    if (level != OverloadLevel.NONE && !screen) {
      left = smaller(useful, left);
    }
    if (level.halvings() > 0 && left > 1 && sameSize(useful.get(left - 2), useful.get(left - 1))) {
      left--;
    }
    return left == useful.size() ? useful : useful.subList(0, left);
  }

  /// All but the largest size, where there is another.
  private static int smaller(List<Rung> useful, int of) {
    int left = of;
    while (left > 0 && sameSize(useful.get(left - 1), useful.get(of - 1))) {
      left--;
    }
    return left == 0 ? of : left;
  }

  private static boolean sameSize(Rung one, Rung other) {
    return one.layer() == other.layer() && one.spatial() == other.spatial();
  }
}
