package dev.parley.engine.turn.auth;

/// What the database knows of a user [Verdict.Wanted] asked for; all null where there is none.
///
/// @param md5 the key of RFC 8489, section 18.5.1.1
/// @param sha256 the key of RFC 8489, section 18.5.1.2
public record FoundKey(String username, byte[] md5, byte[] sha256) {
  /// There is no such user.
  public static final FoundKey NOBODY = new FoundKey(null, null, null);

  /// Nothing secret, and nobody's name.
  @Override
  public String toString() {
    return username == null ? "FoundKey[nobody]" : "FoundKey[somebody]";
  }
}
