package dev.parley.protocol.sctp;

/// One DATA chunk of the peer that came before one with a lower TSN.
final class Fragment {
  final int flags;
  final int stream;
  final int ssn;
  final int protocol;
  // Null once it was told as part of its message.
  byte[] octets;
  // At the first and the last of neighbours of one message: the TSN of the other end.
  int other;

  Fragment(int flags, int stream, int ssn, int protocol, byte[] octets) {
    this.flags = flags;
    this.stream = stream;
    this.ssn = ssn;
    this.protocol = protocol;
    this.octets = octets;
  }

  boolean begins() {
    return (flags & DataChunk.BEGIN) != 0;
  }

  boolean ends() {
    return (flags & DataChunk.END) != 0;
  }

  boolean unordered() {
    return (flags & DataChunk.UNORDERED) != 0;
  }

  boolean told() {
    return octets == null;
  }

  /// Whether another fragment, if it is the neighbour, is of the same message.
  boolean with(Fragment neighbour) {
    return stream == neighbour.stream && unordered() == neighbour.unordered();
  }
}
