package dev.parley.protocol.sctp;

/// What DTLS and the session descriptions say of an association before it begins.
///
/// @param dtlsClient whether this end is DTLS's client: it opens channels on even streams, a server
///   on odd ones (RFC 8832, section 6)
/// @param localPort of `a=sctp-port` (RFC 8841, section 5) here, 1 to 65535
/// @param remotePort of the peer's `a=sctp-port`
/// @param messageMost largest message the peer takes, octets: its `a=max-message-size`, 65,536
///   where it has none, 0 for any
public record SctpSetup(boolean dtlsClient, int localPort, int remotePort, long messageMost) {
  /// The port all of WebRTC uses.
  public static final int PORT = 5000;

  public SctpSetup {
    if (port(localPort) || port(remotePort) || messageMost < 0) {
      throw new IllegalArgumentException("ports " + localPort + ", " + remotePort);
    }
  }

  private static boolean port(int port) {
    return port < 1 || port > 65_535;
  }

  /// With the usual ports.
  public static SctpSetup of(boolean dtlsClient, long messageMost) {
    return new SctpSetup(dtlsClient, PORT, PORT, messageMost);
  }
}
