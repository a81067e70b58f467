package dev.parley.engine.congestion;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// Shares what the way to one receiver carries over its video streams. Confined to the receiver's
/// loop.
///
/// In order of rank, then of size, each gets its lowest rung as far as there is room; then ranks
/// climb one after another, those of one rank a step each in turn. So all are seen before any is
/// seen well, a shared screen is sharp before a speaker, and a speaker before the others.
///
/// It does not oscillate: a rung that is held costs what it costs, a rung to be gained must leave
/// [#MARGIN] besides; and after something had to be taken back soon after it was given, nothing is
/// raised for a while, each time longer.
public final class Allocation {
  /// What a gain must leave free of the budget, as a share of what it costs: bitrates of encoders
  /// vary by about that much from second to second.
  private static final double MARGIN = 0.15;

  /// Taken back within this time after a gain, the gain was a mistake.
  private static final long TRIAL = Duration.ofSeconds(10).toNanos();

  private static final long FIRST_WAIT = Duration.ofSeconds(2).toNanos();
  private static final long LONGEST_WAIT = Duration.ofSeconds(32).toNanos();

  private static final Comparator<Claim> FIRST =
      Comparator.comparingInt(Claim::rank).thenComparing(Claim::size, Comparator.reverseOrder());

  private final List<Claim> claims = new ArrayList<>();
  private int[] rungs = new int[8];
  private double left;
  private double spare;
  private long raisedAt;
  private boolean raised;
  private boolean waiting;
  private long notBefore;
  private long wait = FIRST_WAIT;

  /// Grants each claim its rung.
  ///
  /// @param all in an order that stays, for what is equal otherwise
  /// @param budget bits a second for all of them together
  /// @param lasting the same when a queue on the way is gone, for which less is sent now: as long
  ///   as their lowest rungs fit into that, nobody loses the picture for it
  public void share(List<? extends Claim> all, long budget, long lasting, long now) {
    claims.clear();
    claims.addAll(all);
    claims.sort(FIRST);
    if (rungs.length < claims.size()) {
      rungs = new int[2 * claims.size()];
    }
    waiting &= now - notBefore < 0;
    left = budget;
    spare = Math.max(0, lasting - budget);
    Arrays.fill(rungs, Claim.NONE);
    climb(0, claims.size(), 0);
    for (int from = 0; from < claims.size(); ) {
      int to = endOfRank(from);
      climb(from, to, Integer.MAX_VALUE);
      from = to;
    }
    settle(now);
  }

  private int endOfRank(int from) {
    int to = from + 1;
    while (to < claims.size() && claims.get(to).rank() == claims.get(from).rank()) {
      to++;
    }
    return to;
  }

  /// A step for each in turn, until nobody can make one.
  private void climb(int from, int to, int highest) {
    boolean moved = true;
    while (moved) {
      moved = false;
      for (int i = from; i < to; i++) {
        moved |= step(i, highest);
      }
    }
  }

  private boolean step(int i, int highest) {
    Claim claim = claims.get(i);
    int next = rungs[i] + 1;
    if (next > highest || next >= claim.rungs()) {
      return false;
    }
    double cost = claim.bitrate(next) - (next == 0 ? 0 : claim.bitrate(next - 1));
    boolean gain = next > claim.granted();
    double room = next == 0 && !gain ? left + spare : left;
    if (gain && waits(claim) || cost * (gain ? 1 + MARGIN : 1) > room) {
      return false;
    }
    left -= cost;
    rungs[i] = next;
    return true;
  }

  /// A picture that is gone comes back as soon as it fits, unless that has just been a mistake.
  private boolean waits(Claim claim) {
    return waiting
        && claim.granted() != Claim.NEW
        && (claim.granted() != Claim.NONE || wait > FIRST_WAIT);
  }

  private void settle(long now) {
    boolean up = false;
    boolean down = false;
    for (int i = 0; i < claims.size(); i++) {
      Claim claim = claims.get(i);
      int before = claim.granted();
      if (claim.rungs() == 0 || rungs[i] == before) {
        continue;
      }
      up |= rungs[i] > before && before != Claim.NEW;
      down |= rungs[i] < before;
      claim.grant(rungs[i], now);
    }
    learn(up, down, now);
  }

  private void learn(boolean up, boolean down, long now) {
    boolean mistaken = raised && now - raisedAt < TRIAL;
    if (down && mistaken) {
      wait = Math.min(LONGEST_WAIT, 2 * wait);
    } else if (raised && !mistaken) {
      wait = FIRST_WAIT;
    }
    if (down) {
      waiting = true;
      notBefore = now + wait;
      raised = false;
    } else if (up) {
      raisedAt = now;
      raised = true;
    }
  }
}
