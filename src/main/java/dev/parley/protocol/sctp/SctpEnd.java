package dev.parley.protocol.sctp;

/// Why an association is over.
public enum SctpEnd {
  /// [SctpAssociation#abort] was called.
  ABORTED_HERE,
  /// The peer sent an ABORT (RFC 9260, section 3.3.7).
  ABORTED_BY_PEER,
  /// It was shut down, by either end, after all messages had arrived (section 9.2).
  SHUT_DOWN,
  /// No sign of life of the peer for [SctpLimits#patience].
  SILENCE,
  /// The peer broke the protocol in a way that leaves no common state; it was sent an ABORT.
  PROTOCOL_VIOLATION
}
