package dev.parley.identity;

/// The keys of a TURN user (RFC 8489, section 18.5.1). The octets are not to be written to.
///
/// @param username the user's name, which the question may have had as a hash only
public record TurnKeys(String username, byte[] md5, byte[] sha256) {
  /// Nothing secret.
  @Override
  public String toString() {
    return "TurnKeys";
  }
}
