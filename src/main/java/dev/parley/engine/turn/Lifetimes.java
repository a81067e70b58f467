package dev.parley.engine.turn;

import dev.parley.engine.turn.auth.Credential;
import java.time.InstantSource;

/// How long an allocation lives (RFC 8656, sections 7.2 and 8.2). Confined to one loop.
final class Lifetimes {
  /// Seconds where the client names none, and the least it gets.
  static final long DEFAULT = 600;

  /// The most seconds it gets, whatever it asks.
  static final long MOST = 3600;

  static final long SECOND = 1_000_000_000L;

  private final InstantSource wall;

  Lifetimes(InstantSource wall) {
    this.wall = wall;
  }

  /// Seconds that are granted: what is asked, within bounds, but no longer than the credential
  /// lives (RFC 7635, section 7).
  long granted(long asked, Credential credential) {
    long granted = Math.clamp(asked, DEFAULT, MOST);
    if (credential.expires() == Credential.NEVER) {
      return granted;
    }
    long left = credential.expires() - wall.instant().getEpochSecond();
    return left > 0 ? Math.min(granted, left) : granted;
  }
}
