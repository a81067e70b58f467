package dev.parley.engine.sfu;

import java.util.IdentityHashMap;
import java.util.Map;

/// What share of the packets of several streams was lost since they were counted last. Confined to
/// the loop of the room.
final class Losses {
  /// Fewer packets than this prove little: one of ten that is lost is not a tenth.
  private static final long ENOUGH = 50;

  /// Counts without news, as between reports of audio, leave the share as it is for so many rounds.
  private static final int PATIENCE = 3;

  private Map<Object, Count> before = new IdentityHashMap<>();
  private Map<Object, Count> counts = new IdentityHashMap<>();
  private long expected;
  private long lost;
  private int silent;
  private double share;

  private record Count(long expected, long lost) {
    static final Count NONE = new Count(0, 0);
  }

  /// Counts a stream.
  ///
  /// @param stream which one
  /// @param expectedEver since it began; less than at the last count where it began again
  /// @param lostEver likewise
  void count(Object stream, long expectedEver, long lostEver) {
    Count last = before.getOrDefault(stream, Count.NONE);
    counts.put(stream, new Count(expectedEver, lostEver));
    long more = expectedEver - last.expected();
    if (more > 0) {
      expected += more;
      lost += Math.clamp(lostEver - last.lost(), 0, more);
    }
  }

  /// All streams have been counted; streams that were not are forgotten.
  void turn() {
    if (expected > 0) {
      share = (double) lost / Math.max(ENOUGH, expected);
      silent = 0;
    } else if (++silent >= PATIENCE) {
      share = 0;
    }
    expected = 0;
    lost = 0;
    Map<Object, Count> forgotten = before;
    before = counts;
    counts = forgotten;
    counts.clear();
  }

  /// 0 to 1.
  double share() {
    return share;
  }
}
