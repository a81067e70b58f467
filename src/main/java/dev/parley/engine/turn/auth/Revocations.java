package dev.parley.engine.turn.auth;

import java.util.HashMap;
import java.util.Map;

/// Credentials that were taken back, until they would have expired anyway. Confined to one loop.
final class Revocations {
  /// Of a user all time-limited credentials, or one user name.
  private record Name(String realm, String name, boolean whole) {}

  private final Map<Name, Long> until = new HashMap<>();

  /// @param user of all whose credentials, or null
  /// @param username of one credential, or null
  /// @param end seconds since 1970 after which it need not be remembered
  void add(String realm, String user, String username, long end, long seconds) {
    until.values().removeIf(passed -> passed < seconds);
    if (user != null) {
      until.merge(new Name(realm, user, true), end, Math::max);
    }
    if (username != null) {
      until.merge(new Name(realm, username, false), end, Math::max);
    }
  }

  boolean holds(Credential credential, long seconds) {
    if (until.isEmpty()) {
      return false;
    }
    Long one = until.get(new Name(credential.realm(), credential.username(), false));
    if (one != null && one >= seconds) {
      return true;
    }
    Long all = until.get(new Name(credential.realm(), credential.user(), true));
    // A time-limited credential that lives longer was issued after the user was let in again.
    return all != null
        && all >= seconds
        && (credential.expires() <= all || credential.expires() == Credential.NEVER);
  }
}
