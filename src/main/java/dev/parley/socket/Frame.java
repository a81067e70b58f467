package dev.parley.socket;

/// One message on a WebSocket (RFC 6455, section 5.6).
public sealed interface Frame {
  record Text(String text) implements Frame {}

  /// @param octets not to be changed any more
  record Binary(byte[] octets) implements Frame {}
}
