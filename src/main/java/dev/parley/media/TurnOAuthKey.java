package dev.parley.media;

/// A key shared with an authorization server (RFC 7635, section 4.1).
///
/// @param kid the identifier that clients name in USERNAME
/// @param key its octets
/// @param algorithm `A256GCM` or `A128GCM` (RFC 7635, section 6.2)
/// @param from seconds since 1970 from when it is valid, 0: always was
/// @param lifetime seconds it is valid, 0: without end
public record TurnOAuthKey(String kid, byte[] key, String algorithm, long from, long lifetime) {
  /// Nothing secret.
  @Override
  public String toString() {
    return "TurnOAuthKey[" + kid + "]";
  }
}
