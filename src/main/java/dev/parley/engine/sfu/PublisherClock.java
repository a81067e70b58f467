package dev.parley.engine.sfu;

/// How far a publisher's wall clock is from ours, as its first sender report told. One per
/// publisher, confined to its loop.
///
/// One offset for all streams of a publisher: told apart they would differ by what the network did
/// to each first report, and lips would not be in step with voices.
public final class PublisherClock {
  private boolean known;
  private long offset;

  /// Our wall clock for the publisher's.
  ///
  /// @param publisher nanoseconds since 1970 by the publisher's clock, from a sender report
  /// @param wall nanoseconds since 1970 by ours, as that report arrived
  long ours(long publisher, long wall) {
    if (!known) {
      known = true;
      offset = wall - publisher;
    }
    return publisher + offset;
  }
}
