package dev.parley.signal;

/// What may be relayed between two participants without being looked into.
public enum RelayKind {
  OFFER,
  ANSWER,
  CANDIDATE,
  /// The good-bye of the classic exchange; participants of other dialects see the socket close.
  BYE
}
