package dev.parley.engine.turn.auth;

import dev.parley.protocol.stun.StunIntegrity.Algorithm;

/// Who a client has proved to be, and the key that proves it (RFC 8489, section 9.2). Immutable;
/// the key is not to be written to.
///
/// @param user whom quotas count it for
/// @param username what the client authenticated with
/// @param algorithm by which requests are verified and answers signed
/// @param key the HMAC key
/// @param expires seconds since 1970 from when it is refused, or [#NEVER]
public record Credential(
    String realm, String user, String username, Algorithm algorithm, byte[] key, long expires) {
  /// It does not expire by itself.
  public static final long NEVER = Long.MAX_VALUE;

  /// Nothing secret, and nobody's name.
  @Override
  public String toString() {
    return "Credential[" + algorithm + "]";
  }
}
