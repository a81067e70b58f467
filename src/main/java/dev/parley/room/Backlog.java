package dev.parley.room;

import java.time.Instant;

/// What waits for one URL.
///
/// @param pending events that have not arrived
/// @param oldest when the oldest of them happened, or null
/// @param failingRooms rooms whose next event was tried in vain
/// @param failingSince when the first of those failed first, or null
/// @param cause why that one failed last, or null
/// @param dead events that were given up
public record Backlog(
    String url,
    long pending,
    Instant oldest,
    long failingRooms,
    Instant failingSince,
    String cause,
    long dead) {
  /// Nothing waits.
  public static Backlog none(String url) {
    return new Backlog(url, 0, null, 0, null, null, 0);
  }
}
