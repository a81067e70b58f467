package dev.parley.identity;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// Counts what failed, per name, in buckets that leak: so many at once, then one in a while.
///
/// Thread-safe. Bounded: the bucket untouched longest is forgotten for a new one, so a flood of
/// names costs memory for [#NAMES] and no more.
final class Throttle {
  private static final int NAMES = 10_000;

  private record Bucket(double level, Instant at) {}

  private final int size;
  private final Duration leak;
  private final Map<String, Bucket> buckets =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
          return size() > NAMES;
        }
      };

  /// @param size how many may fail at once
  /// @param leak after how long one more may
  Throttle(int size, Duration leak) {
    this.size = size;
    this.leak = leak;
  }

  /// Takes one try; [#succeeded] gives it back. Taken before the try is made, so that many at once
  /// count, too.
  synchronized boolean take(String name, Instant now) {
    double level = level(buckets.get(name), now);
    if (level + 1 > size) {
      return false;
    }
    buckets.put(name, new Bucket(level + 1, now));
    return true;
  }

  /// What was taken did not fail.
  synchronized void succeeded(String name, Instant now) {
    double level = level(buckets.get(name), now) - 1;
    if (level > 0) {
      buckets.put(name, new Bucket(level, now));
    } else {
      buckets.remove(name);
    }
  }

  private double level(Bucket bucket, Instant now) {
    if (bucket == null) {
      return 0;
    }
    double leaked = (double) Duration.between(bucket.at(), now).toMillis() / leak.toMillis();
    return Math.max(0, bucket.level() - Math.max(0, leaked));
  }
}
