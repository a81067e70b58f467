package dev.parley.protocol.rtcp;

/// What the reading of a compound packet ended in (RFC 3550, appendix A.2): the codec's only
/// failure, as a value.
public enum RtcpRefusal {
  /// Nothing was refused.
  NONE,
  /// Fewer octets than a header.
  TOO_SHORT,
  /// The version is not 2.
  VERSION,
  /// A packet reaches beyond the octets there are.
  OVERRUN,
  /// More padding than packet, or padding of zero octets.
  PADDING,
  /// Too short for what its type and count promise.
  BODY,
  /// An SDES chunk or the reason of a BYE reaches beyond its packet.
  TEXT,
  /// An XR block reaches beyond its packet or has a length its type cannot have.
  XR_BLOCK,
  /// Feedback control information of a length that its format cannot have.
  FCI,
  /// A bit rate of more than 63 bits.
  BITRATE,
  /// Transport-wide feedback on no packet at all.
  NO_STATUS,
  /// A packet status of the reserved value.
  STATUS,
  /// Fewer packet chunks or receive deltas than the status count promises.
  STATUSES
}
