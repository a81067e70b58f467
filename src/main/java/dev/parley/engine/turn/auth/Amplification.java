package dev.parley.engine.turn.auth;

import dev.parley.wire.TransportAddress;

/// The rule that over UDP, where the source may be forged, an answer is never longer than 1.6 times
/// its request, counted with the headers of IP and UDP.
public final class Amplification {
  private static final int IPV4_UDP = 28;
  private static final int IPV6_UDP = 48;

  private Amplification() {}

  /// Octets that the longest answer may have.
  ///
  /// @param request octets of the request
  public static int most(int request, TransportAddress client) {
    int headers = client.ipv4() ? IPV4_UDP : IPV6_UDP;
    return 8 * (request + headers) / 5 - headers;
  }
}
