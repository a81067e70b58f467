package dev.parley.signal;

/// Which of a participant's PeerConnections with the server is meant.
public enum End {
  /// The one its client offers on; for most there is no other.
  MAIN,
  /// A second one that brings it the tracks of others, and that only the server offers on.
  RECEIVING
}
