package dev.parley.adapter.secure;

import java.time.Duration;

/// What strangers may cost in TLS and DTLS, on one loop.
///
/// @param tlsHalfOpen TLS handshakes under way
/// @param tlsHalfOpenPerSource the same of one source: an IPv4 address or an IPv6 /64
/// @param handshakeWithin from its first octets to its end, TLS and DTLS
/// @param dtlsAssociations DTLS associations in all
/// @param dtlsHalfOpen DTLS handshakes under way, counted from the returned cookie
/// @param dtlsHalfOpenPerSource the same of one source
/// @param dtlsIdleAfter silence after which an association ends; longer than the ten minutes
///   between the refreshes of a TURN allocation (RFC 8656, section 3.2)
public record SecureLimits(
    int tlsHalfOpen,
    int tlsHalfOpenPerSource,
    Duration handshakeWithin,
    int dtlsAssociations,
    int dtlsHalfOpen,
    int dtlsHalfOpenPerSource,
    Duration dtlsIdleAfter) {
  public SecureLimits {
    if (tlsHalfOpen < 1
        || tlsHalfOpenPerSource < 1
        || dtlsAssociations < 1
        || dtlsHalfOpen < 1
        || dtlsHalfOpenPerSource < 1
        || !handshakeWithin.isPositive()
        || !dtlsIdleAfter.isPositive()) {
      throw new IllegalArgumentException("limits of TLS and DTLS must be positive");
    }
  }

  public static SecureLimits defaults() {
    return new SecureLimits(
        1_000, 50, Duration.ofSeconds(10), 10_000, 1_000, 20, Duration.ofMinutes(15));
  }
}
