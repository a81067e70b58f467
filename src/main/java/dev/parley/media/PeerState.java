package dev.parley.media;

/// How far a peer is.
public enum PeerState {
  /// ICE or DTLS are under way.
  CONNECTING,
  /// Media may flow.
  CONNECTED,
  /// Nothing was heard for some seconds; consent has not run out yet (RFC 7675).
  QUIET,
  /// It is gone for good.
  CLOSED
}
