package dev.parley.identity;

import java.time.Instant;

/// TURN credentials that were taken back; either a user or one username is named.
///
/// @param user all time-limited credentials of this user that expire no later than `until`, and the
///   user of the database; or null
/// @param username one credential; or null
/// @param until after which it need not be remembered
public record TurnRevocationView(String realm, String user, String username, Instant until) {
  /// Nobody's name.
  @Override
  public String toString() {
    return "TurnRevocationView[" + (user == null ? "credential]" : "user]");
  }
}
