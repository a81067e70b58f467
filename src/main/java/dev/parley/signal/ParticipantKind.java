package dev.parley.signal;

/// What takes part.
public enum ParticipantKind {
  /// Someone at a socket, people and programs alike.
  PERSON,
  /// Publishes to the server only, by WHIP (RFC 9725).
  ENCODER,
  /// Watches from the server only, by WHEP.
  VIEWER
}
