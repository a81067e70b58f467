package dev.parley.engine.turn.auth;

import dev.parley.wire.TransportAddress;

/// A token bucket for each source of unauthenticated requests, an IPv4 address or an IPv6 /64, so
/// that forged requests make this server flood nobody. Confined to one loop; of bounded size.
///
/// A set of four buckets is found by a keyed hash of the source; a source that has none takes the
/// fullest, whose owner loses least by starting anew.
final class SourceBuckets {
  private static final int SETS = 4096;
  private static final int WAYS = 4;
  private static final long SECOND = 1_000_000_000L;

  private final long perToken;
  private final long capacity;
  private final long seed;
  private final long[] sources = new long[SETS * WAYS];

  /// When each bucket will be full again; what it lacks until then is what it has spent.
  private final long[] fullAt = new long[SETS * WAYS];

  private final boolean[] taken = new boolean[SETS * WAYS];

  /// @param rate tokens a second
  /// @param burst tokens a full bucket holds
  /// @param seed known to nobody else
  SourceBuckets(int rate, int burst, long seed) {
    this.perToken = SECOND / rate;
    this.capacity = burst * perToken;
    this.seed = seed;
  }

  /// Takes one token; false where there is none.
  boolean take(TransportAddress source, long now) {
    long prefix = source.ipv4() ? source.low() : source.high();
    int set = (int) (mixed(prefix) >>> 52) * WAYS;
    int bucket = find(prefix, set, now);
    long full = fullAt[bucket] - now < 0 ? now : fullAt[bucket];
    if (full - now + perToken > capacity) {
      return false;
    }
    fullAt[bucket] = full + perToken;
    return true;
  }

  private int find(long prefix, int set, long now) {
    int fullest = set;
    for (int i = set; i < set + WAYS; i++) {
      if (taken[i] && sources[i] == prefix) {
        return i;
      }
      if (!taken[i] || taken[fullest] && fullAt[i] - fullAt[fullest] < 0) {
        fullest = i;
      }
    }
    taken[fullest] = true;
    sources[fullest] = prefix;
    fullAt[fullest] = now;
    return fullest;
  }

  /// The finalizer of a well-known 64-bit mixer; the seed keeps sets from being aimed at.
  private long mixed(long prefix) {
    long z = (prefix ^ seed) * 0x9e37_79b9_7f4a_7c15L;
    z = (z ^ z >>> 30) * 0xbf58_476d_1ce4_e5b9L;
    z = (z ^ z >>> 27) * 0x94d0_49bb_1331_11ebL;
    return z ^ z >>> 31;
  }
}
