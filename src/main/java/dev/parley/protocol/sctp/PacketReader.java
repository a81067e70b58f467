package dev.parley.protocol.sctp;

import dev.parley.wire.Octets;

/// The check of a whole SCTP packet before anything of it is believed (RFC 9260, section 3).
///
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-------------------------------+-------------------------------+
/// |          Source Port          |       Destination Port        |
/// +-------------------------------+-------------------------------+
/// |                       Verification Tag                        |
/// +---------------------------------------------------------------+
/// |                           Checksum                            |
/// +---------------+---------------+-------------------------------+
/// |  Chunk Type   |  Chunk Flags  |         Chunk Length          |
/// +---------------+---------------+-------------------------------+
/// |                          Chunk Value …                        |
/// ```
final class PacketReader {
  static final int HEADER = 12;
  static final int CHUNK_HEADER = 4;
  static final int TAG = 4;
  static final int CHECKSUM = 8;
  static final int MOST = 65_535;

  private PacketReader() {}

  /// Whether every chunk lies within the packet and has a length its type can have. The checksum is
  /// not looked at.
  static SctpRefusal check(byte[] octets, int at, int length) {
    if (length < HEADER + CHUNK_HEADER) {
      return SctpRefusal.TOO_SHORT;
    }
    if (length > MOST) {
      return SctpRefusal.TOO_LONG;
    }
    int end = at + length;
    int chunk = at + HEADER;
    int count = 0;
    boolean lonely = false;
    while (chunk < end) {
      if (end - chunk < CHUNK_HEADER || chunkLength(octets, chunk) < CHUNK_HEADER) {
        return SctpRefusal.CHUNK_LENGTH;
      }
      if (end - chunk < chunkLength(octets, chunk)) {
        return SctpRefusal.CHUNK_LENGTH;
      }
      SctpRefusal refusal = ChunkCheck.of(octets, chunk);
      if (refusal != SctpRefusal.NONE) {
        return refusal;
      }
      lonely |= lonely(Octets.u8(octets, chunk));
      count++;
      chunk = next(octets, chunk);
    }
    return lonely && count > 1 ? SctpRefusal.BUNDLED : SctpRefusal.NONE;
  }

  private static boolean lonely(int code) {
    return code == ChunkType.INIT.code()
        || code == ChunkType.INIT_ACK.code()
        || code == ChunkType.SHUTDOWN_COMPLETE.code();
  }

  static int sourcePort(byte[] octets, int at) {
    return Octets.u16(octets, at);
  }

  static int destinationPort(byte[] octets, int at) {
    return Octets.u16(octets, at + 2);
  }

  static int tag(byte[] octets, int at) {
    return Octets.u32(octets, at + TAG);
  }

  static int chunkCode(byte[] octets, int chunk) {
    return Octets.u8(octets, chunk);
  }

  static int flags(byte[] octets, int chunk) {
    return Octets.u8(octets, chunk + 1);
  }

  /// With its header, without its padding.
  static int chunkLength(byte[] octets, int chunk) {
    return Octets.u16(octets, chunk + 2);
  }

  /// Where the chunk behind this one begins; the last one's padding may be missing.
  static int next(byte[] octets, int chunk) {
    return chunk + padded(chunkLength(octets, chunk));
  }

  static int padded(int length) {
    return length + 3 & ~3;
  }
}
