package dev.parley.engine.congestion;

/// How long packets wait on the way: how much longer their way takes than the shortest of the last
/// seconds did. Confined to the loop of its peer.
///
/// The shortest is forgotten after 10 to 20 s, so a longer route and clocks that drift apart are
/// taken for a queue no longer than that.
final class QueueDelay {
  private static final long WINDOW = 10 * RateWindow.SECOND;

  private boolean begun;
  private long shortest;
  private long shortestBefore;
  private long turned;
  private boolean measuring;
  private long measured;
  private long current;

  /// A packet arrived.
  ///
  /// @param way from its departure to its arrival, by two clocks: only differences mean anything
  /// @param counts whether it tells of the queue, and not of the shortest way alone
  void arrived(long way, boolean counts, long now) {
    if (!begun || now - turned > WINDOW) {
      shortestBefore = begun ? shortest : way;
      shortest = way;
      turned = now;
      begun = true;
    }
    if (way - shortest < 0) {
      shortest = way;
    }
    if (counts && (!measuring || way - measured < 0)) {
      measured = way;
      measuring = true;
    }
  }

  /// A feedback ends: the fastest of its packets tells the queue, the others may have waited
  /// elsewhere.
  void measured() {
    if (measuring) {
      current = measured - base();
      measuring = false;
    }
  }

  /// Nanoseconds, of the last feedback.
  long current() {
    return current;
  }

  /// What looked like a queue is the way itself.
  void accept() {
    shortest = base() + current;
    shortestBefore = shortest;
    current = 0;
  }

  void clear() {
    begun = false;
    measuring = false;
    current = 0;
  }

  private long base() {
    return shortestBefore - shortest < 0 ? shortestBefore : shortest;
  }
}
