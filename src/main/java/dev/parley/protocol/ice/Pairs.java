package dev.parley.protocol.ice;

import dev.parley.wire.FiveTuple;

/// The valid list of one agent (RFC 8445, section 6.1.2.1): few enough to be walked. Confined to
/// its agent.
final class Pairs {
  private final Pair[] pairs;
  private int size;

  Pairs(int most) {
    pairs = new Pair[most];
  }

  /// The pair of a path, or null.
  Pair of(FiveTuple path) {
    int slot = slot(path);
    return slot < 0 ? null : pairs[slot];
  }

  /// Adds a pair.
  ///
  /// @param keep never to be dropped, or null
  /// @return the pair that had to go, the one least recently checked, or null
  Pair add(Pair pair, Pair keep) {
    if (size < pairs.length) {
      pairs[size++] = pair;
      return null;
    }
    int oldest = -1;
    for (int i = 0; i < size; i++) {
      if (pairs[i] != keep && (oldest < 0 || pairs[i].checked() - pairs[oldest].checked() < 0)) {
        oldest = i;
      }
    }
    Pair gone = pairs[oldest];
    pairs[oldest] = pairs[size - 1];
    pairs[size - 1] = pair;
    return gone;
  }

  /// Drops the pair of a path and returns it, or null.
  Pair remove(FiveTuple path) {
    int slot = slot(path);
    if (slot < 0) {
      return null;
    }
    Pair gone = pairs[slot];
    pairs[slot] = pairs[--size];
    pairs[size] = null;
    return gone;
  }

  /// A generation ends: drops one pair of it that is not of the other one too, and returns it, or
  /// null when none is left.
  Pair removeOneOf(Generation generation, Generation other) {
    for (int i = 0; i < size; i++) {
      if (pairs[i].generation() == generation && !pairs[i].fallsBackTo(other)) {
        return remove(pairs[i].path());
      }
    }
    return null;
  }

  /// The best pair, a nominated one before any other; of equal ones that checked last; or null.
  Pair best() {
    Pair best = null;
    for (int i = 0; i < size; i++) {
      best = best == null || better(pairs[i], best) ? pairs[i] : best;
    }
    return best;
  }

  int size() {
    return size;
  }

  private static boolean better(Pair a, Pair b) {
    if (a.nominated() != b.nominated()) {
      return a.nominated();
    }
    int order = Long.compareUnsigned(a.priority(), b.priority());
    return order > 0 || order == 0 && a.checked() - b.checked() > 0;
  }

  private int slot(FiveTuple path) {
    for (int i = 0; i < size; i++) {
      // The adapter interns paths, so the first comparison is nearly always the last.
      if (pairs[i].path() == path || pairs[i].path().equals(path)) {
        return i;
      }
    }
    return -1;
  }
}
