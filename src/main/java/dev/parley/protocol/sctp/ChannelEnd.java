package dev.parley.protocol.sctp;

/// Why a data channel is gone.
public enum ChannelEnd {
  /// [SctpAssociation#close] was called.
  CLOSED_HERE,
  /// The peer has reset its stream (RFC 8831, section 6.7).
  CLOSED_BY_PEER,
  /// A message was larger than [SctpLimits#message].
  MESSAGE_TOO_LARGE,
  /// The peer speaks DCEP wrongly on it (RFC 8832), or sent what no channel can.
  PROTOCOL,
  /// The peer has begun the association anew (RFC 9260, section 5.2).
  RESTARTED,
  /// The association is over.
  ASSOCIATION_ENDED
}
