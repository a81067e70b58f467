package dev.parley.engine.congestion;

/// Between which rates the estimate for a peer moves, and where it begins; bit/s.
///
/// @param least of the estimate: audio and the smallest layer should still pass
/// @param start of the estimate, before the peer has told anything
/// @param most of the estimate
public record Bounds(long least, long start, long most) {
  /// 50 kbit/s, 1 Mbit/s, 50 Mbit/s.
  public static final Bounds DEFAULT = new Bounds(50_000, 1_000_000, 50_000_000);

  /// For a peer that never agreed to tell of congestion: its reports of loss alone are there to
  /// slow down, so it begins where most paths of today end.
  public static final Bounds UNTOLD = new Bounds(50_000, 10_000_000, 50_000_000);

  public Bounds {
    if (least < 1 || start < least || most < start) {
      throw new IllegalArgumentException(least + " to " + most + ", begun at " + start);
    }
  }

  /// The same, but never below this.
  public Bounds atLeast(long bitsPerSecond) {
    return new Bounds(bitsPerSecond, Math.max(start, bitsPerSecond), Math.max(most, bitsPerSecond));
  }

  long clamp(long bitsPerSecond) {
    return Math.clamp(bitsPerSecond, least, most);
  }
}
