package dev.parley.protocol.sctp;

/// What an association waits for (RFC 9260, section 16, and RFC 6525, section 5.1.1).
enum Timer {
  /// Something was queued and waits for a flush.
  FLUSH,
  /// An answer to INIT, COOKIE ECHO (T1), SHUTDOWN or SHUTDOWN ACK (T2).
  HANDSHAKE,
  /// An acknowledgement of DATA (T3-rtx).
  RETRANSMIT,
  /// A SACK may wait no longer.
  SACK,
  /// An answer to RE-CONFIG.
  RESET,
  /// The peer is to be asked for a sign of life.
  HEARTBEAT
}
