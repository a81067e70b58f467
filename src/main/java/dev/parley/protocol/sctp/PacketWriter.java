package dev.parley.protocol.sctp;

import dev.parley.wire.Octets;
import java.util.zip.CRC32C;

/// Builds one SCTP packet after the other in one buffer (RFC 9260, section 3). One for all
/// associations of a loop; nothing stays in it between two of them.
final class PacketWriter {
  private static final int AT = 0;

  private final CRC32C crc = new CRC32C();
  private final byte[] none = new byte[4];
  private byte[] octets = new byte[2048];
  private int length;
  private int chunk;
  private int most;

  /// Begins a packet without chunks.
  ///
  /// @param most octets the packet may have
  PacketWriter begin(int source, int destination, int tag, int most) {
    if (octets.length < most) {
      octets = new byte[most];
    }
    this.most = most;
    length = PacketReader.HEADER;
    Octets.put16(octets, AT, source);
    Octets.put16(octets, AT + 2, destination);
    Octets.put32(octets, AT + PacketReader.TAG, tag);
    Octets.put32(octets, AT + PacketReader.CHECKSUM, 0);
    return this;
  }

  /// Begins a chunk of which the caller writes the body; the padding behind it is zero.
  ///
  /// @param body octets without the header; there is [#room] for it
  /// @return index of the body
  int chunk(ChunkType type, int flags, int body) {
    int at = length;
    int size = PacketReader.CHUNK_HEADER + body;
    int end = at + PacketReader.padded(size);
    if (end > most) {
      throw new IllegalStateException("no room for " + type);
    }
    Octets.put32(octets, end - 4, 0);
    Octets.put8(octets, at, type.code());
    Octets.put8(octets, at + 1, flags);
    Octets.put16(octets, at + 2, size);
    length = end;
    chunk = at;
    return at + PacketReader.CHUNK_HEADER;
  }

  /// Lengthens the last chunk, whose length is a multiple of 4.
  ///
  /// @param body octets, a multiple of 4; there is [#room] for them
  /// @return index of the first
  int more(int body) {
    int at = length;
    length += body;
    Octets.put16(octets, chunk + 2, length - chunk);
    return at;
  }

  /// Octets a further chunk with its header may have.
  int room() {
    return most - length;
  }

  boolean empty() {
    return length == PacketReader.HEADER;
  }

  byte[] octets() {
    return octets;
  }

  int length() {
    return length;
  }

  /// The packet is whole: its checksum is written (section 6.8 and appendix A).
  void finish() {
    crc.reset();
    crc.update(octets, AT, length);
    Octets.put32(octets, AT + PacketReader.CHECKSUM, Integer.reverseBytes((int) crc.getValue()));
  }

  /// Whether the checksum of a packet that has come is right.
  boolean verifies(byte[] packet, int at, int size) {
    crc.reset();
    crc.update(packet, at, PacketReader.CHECKSUM);
    crc.update(none, 0, none.length);
    crc.update(packet, at + PacketReader.HEADER, size - PacketReader.HEADER);
    int told = Octets.u32(packet, at + PacketReader.CHECKSUM);
    return told == Integer.reverseBytes((int) crc.getValue());
  }
}
