package dev.parley.protocol.stun;

import java.nio.charset.StandardCharsets;

/// The value of USERHASH, which hides a user's name from who listens (RFC 8489, section 14.4).
public final class StunUserhash {
  /// Octets of the value.
  public static final int LENGTH = 32;

  private StunUserhash() {}

  /// SHA-256 of `username:realm`, both under the OpaqueString profile.
  public static byte[] of(String username, String realm) {
    String text = username + ":" + realm;
    return StunPasswordAlgorithm.SHA_256.digest().digest(text.getBytes(StandardCharsets.UTF_8));
  }
}
