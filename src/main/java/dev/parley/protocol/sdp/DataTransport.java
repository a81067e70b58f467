package dev.parley.protocol.sdp;

/// What the client says of its end of the SCTP association (RFC 8841).
///
/// @param port of its association within DTLS (section 5)
/// @param messageSize octets of the longest message it takes, 0 for any (section 6)
public record DataTransport(int port, long messageSize) {
  /// What a client takes that says nothing of it (RFC 8841, section 6.1).
  private static final long UNSAID = 65_536;

  static DataTransport of(MediaSection said) {
    Attribute.SctpPort port = said.first(Attribute.SctpPort.class);
    Attribute.MaxMessageSize size = said.first(Attribute.MaxMessageSize.class);
    return new DataTransport(
        port == null || port.port() == 0 ? Capabilities.SCTP_PORT : port.port(),
        size == null ? UNSAID : size.octets());
  }
}
