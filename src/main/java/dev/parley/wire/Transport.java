package dev.parley.wire;

/// How octets of one client reach this server: the protocol element of a [FiveTuple] (RFC 8656,
/// section 3).
public enum Transport {
  UDP,
  TCP,
  TLS,
  DTLS;

  /// Whether messages arrive in a stream and must be framed and told apart by their own length.
  public boolean stream() {
    return this == TCP || this == TLS;
  }
}
