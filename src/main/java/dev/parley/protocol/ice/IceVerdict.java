package dev.parley.protocol.ice;

/// What became of a message, for its owner to count.
public enum IceVerdict {
  /// An authenticated check, answered with success.
  ANSWERED,
  /// An authenticated answer to a consent check.
  CONSENTED,
  /// An indication: keeps a NAT open, says nothing (RFC 8445, section 11).
  KEEPALIVE,
  /// No STUN Binding message, or none with the FINGERPRINT that ICE demands.
  MALFORMED,
  /// A check without integrity, or of unknown or wrong credentials.
  UNAUTHENTICATED,
  /// An authenticated check that was seen before, from elsewhere.
  REPLAYED,
  /// An authenticated check of an agent that thinks it is controlled; answered with 487.
  ROLE_CONFLICT,
  /// An authenticated check that is not well made; answered with 400 or 420.
  REFUSED,
  /// An answer to nothing that was asked, of somebody else, or an error.
  UNEXPECTED;

  /// Whether the message came from the client without doubt.
  public boolean authentic() {
    return this == ANSWERED || this == CONSENTED || this == ROLE_CONFLICT || this == REFUSED;
  }
}
