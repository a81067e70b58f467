package dev.parley.protocol.dtls;

/// Why a connection is closed.
public enum DtlsEnd {
  /// The owner closed it.
  CLOSED_HERE,
  /// The peer said close_notify (RFC 5246, section 7.2.1).
  CLOSED_BY_PEER,
  /// The peer sent a fatal alert.
  PEER_ALERT,
  /// The handshake took longer than it may.
  TIMEOUT,
  /// The certificate is not the one the session description vouches for (RFC 8122, section 5).
  FINGERPRINT,
  /// There is no SRTP protection profile that both ends have (RFC 5764, section 4.1).
  SRTP_PROFILE,
  /// The two have no version, cipher suite or other parameter in common, a signature was wrong, or
  /// the peer broke the protocol.
  HANDSHAKE,
  /// It failed when it was established.
  FAILED
}
