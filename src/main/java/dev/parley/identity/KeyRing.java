package dev.parley.identity;

/// The keys an access token may be signed with.
public interface KeyRing {
  /// The secret of a key, from memory alone: no flood of tokens reaches the database through it.
  ///
  /// @return the secret's octets, or null where there can be no such key
  byte[] secret(String id);

  /// Whether the key still holds. May ask the database, so it is asked last, of a token that is
  /// right in every other respect.
  boolean holds(String id);
}
