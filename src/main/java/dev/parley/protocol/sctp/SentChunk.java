package dev.parley.protocol.sctp;

/// One DATA chunk that has a TSN and that the cumulative TSN has not passed. Used again and again.
final class SentChunk {
  /// What is known of it.
  enum State {
    IN_FLIGHT,
    /// To be sent again.
    MARKED,
    /// A gap block has told of it.
    ACKED,
    /// Given up (RFC 3758, section 3.5).
    ABANDONED,
    /// No chunk.
    FREE
  }

  State state = State.FREE;
  OutMessage message;
  int tsn;
  int from;
  int length;
  int flags;
  int missing;
  boolean fastDone;
  int transmissions;
  long sentAt;

  /// Octets it takes of a packet.
  int size() {
    return DataChunk.size(length);
  }
}
