package dev.parley.protocol.sctp;

import dev.parley.wire.Octets;

/// DATA (RFC 9260, section 3.3.1), read and written where it lies.
///
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------+---------+-+-+-+-+-----------------------------+
/// |   Type = 0    |   Res   |I|U|B|E|            Length           |
/// +---------------+---------+-+-+-+-+-----------------------------+
/// |                              TSN                              |
/// +-------------------------------+-------------------------------+
/// |       Stream Identifier       |    Stream Sequence Number     |
/// +-------------------------------+-------------------------------+
/// |                  Payload Protocol Identifier                  |
/// +---------------------------------------------------------------+
/// |                         User Data …                           |
/// ```
final class DataChunk {
  static final int HEADER = 16;
  static final int END = 1;
  static final int BEGIN = 2;
  static final int UNORDERED = 4;
  static final int IMMEDIATE = 8;

  private DataChunk() {}

  static int tsn(byte[] octets, int chunk) {
    return Octets.u32(octets, chunk + 4);
  }

  static int stream(byte[] octets, int chunk) {
    return Octets.u16(octets, chunk + 8);
  }

  static int ssn(byte[] octets, int chunk) {
    return Octets.u16(octets, chunk + 10);
  }

  static int protocol(byte[] octets, int chunk) {
    return Octets.u32(octets, chunk + 12);
  }

  /// Octets that a chunk with so much user data takes of a packet.
  static int size(int data) {
    return HEADER + PacketReader.padded(data);
  }

  static void write(PacketWriter out, int flags, int tsn, OutMessage message, int from, int data) {
    int at = out.chunk(ChunkType.DATA, flags, HEADER - PacketReader.CHUNK_HEADER + data);
    byte[] octets = out.octets();
    Octets.put32(octets, at, tsn);
    Octets.put16(octets, at + 4, message.channel.id);
    Octets.put16(octets, at + 6, message.ssn);
    Octets.put32(octets, at + 8, message.protocol);
    System.arraycopy(message.octets, from, octets, at + 12, data);
  }
}
