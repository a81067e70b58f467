package dev.parley.engine.congestion;

import java.util.Arrays;

/// Octets of the last half second, and the rates they make. Confined to the loop of its peer.
final class RateWindow {
  static final long SECOND = 1_000_000_000L;
  static final long MILLISECOND = 1_000_000L;

  /// Rates are as coarse as this.
  private static final long BUCKET = 25 * MILLISECOND;

  private static final int BUCKETS = 20;

  private final int[] octets = new int[BUCKETS];
  private boolean begun;
  private long first;
  private long newest;
  private long edge;

  /// @param at on any clock that runs evenly; what is older than the window is left out
  void add(int count, long at) {
    roll(at);
    long age = newest - Math.floorDiv(at - edge, BUCKET);
    if (age >= 0 && age < BUCKETS) {
      octets[(int) Math.floorMod(newest - age, (long) BUCKETS)] += count;
    }
  }

  /// The rate of the time up to now, or up to the newest octets where these are newer.
  ///
  /// @param span nanoseconds, up to half a second
  /// @return bit/s; 0 until something was added
  double rate(long span, long now) {
    roll(now);
    int buckets = (int) Math.min(Math.min(BUCKETS, span / BUCKET), newest - first + 1);
    long sum = 0;
    for (int i = 0; i < buckets; i++) {
      sum += octets[(int) Math.floorMod(newest - i, (long) BUCKETS)];
    }
    long partial = Math.max(0, now - edge - newest * BUCKET);
    long time = (buckets - 1) * BUCKET + Math.min(BUCKET, partial);
    // Until some time has passed a single packet would make any rate.
    return 8.0 * sum * SECOND / Math.max(time, Math.min(span, 4 * BUCKET));
  }

  /// How long octets have been added.
  long age(long now) {
    return begun ? now - edge - first * BUCKET : 0;
  }

  void clear() {
    begun = false;
    newest = 0;
    first = 0;
    Arrays.fill(octets, 0);
  }

  private void roll(long at) {
    if (!begun) {
      begun = true;
      edge = at;
      newest = 0;
      first = 0;
      return;
    }
    long index = Math.floorDiv(at - edge, BUCKET);
    if (index - newest >= BUCKETS) {
      Arrays.fill(octets, 0);
      newest = index;
    }
    while (newest < index) {
      newest++;
      octets[(int) Math.floorMod(newest, (long) BUCKETS)] = 0;
    }
  }
}
