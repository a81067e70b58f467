package dev.parley.protocol.sctp;

/// What the check of a packet ended in (RFC 9260, section 3): the codec's only failure, as a value.
enum SctpRefusal {
  /// Nothing was refused.
  NONE,
  /// Fewer octets than a common header and a chunk header.
  TOO_SHORT,
  /// Longer than any packet can be.
  TOO_LONG,
  /// The CRC32c is wrong (section 6.8).
  CHECKSUM,
  /// Other ports than the session descriptions name.
  PORTS,
  /// A chunk reaches beyond the packet or is shorter than its header.
  CHUNK_LENGTH,
  /// A chunk has a length its type cannot have.
  BODY,
  /// A parameter or an error cause reaches beyond its chunk or is shorter than its header.
  PARAMETER,
  /// A chunk that has to stand alone does not (section 6.10).
  BUNDLED
}
