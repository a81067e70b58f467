package dev.parley.protocol.ice;

import java.time.Duration;

/// What one client may cost, and how long it may be silent.
///
/// @param paths verified at once; the one least recently checked goes
/// @param consentEvery mean time between consent checks, each made 0.8 to 1.2 of it apart (RFC
///   7675, section 5.1)
/// @param consentFor how long one answer is good for
/// @param quietAfter silence that is told as [IceEvent.Quiet]; a browser checks every 2.5 to 6 s
public record IceLimits(
    int paths, Duration consentEvery, Duration consentFor, Duration quietAfter) {
  public IceLimits {
    if (paths < 2
        || consentEvery.toMillis() < 1
        || consentFor.compareTo(consentEvery) <= 0
        || quietAfter.toMillis() < 1) {
      throw new IllegalArgumentException("limits of ICE");
    }
  }

  /// The times of RFC 7675, section 5.1.
  public static IceLimits defaults() {
    return new IceLimits(16, Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofSeconds(15));
  }
}
