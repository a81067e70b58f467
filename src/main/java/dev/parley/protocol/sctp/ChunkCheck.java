package dev.parley.protocol.sctp;

import dev.parley.wire.Octets;

/// Whether a chunk's length is one that its type can have, with all that is inside it (RFC 9260,
/// section 3.3; RFC 3758, section 3.2; RFC 6525, section 3.1).
final class ChunkCheck {
  private static final int HEADER = PacketReader.CHUNK_HEADER;

  /// Parameters of one chunk; walking more would cost a peer little and us much.
  private static final int MOST_PARAMETERS = 64;

  private ChunkCheck() {}

  /// @param chunk index of a chunk that lies within its packet
  static SctpRefusal of(byte[] octets, int chunk) {
    ChunkType type = ChunkType.of(PacketReader.chunkCode(octets, chunk));
    int length = PacketReader.chunkLength(octets, chunk);
    if (type == null) {
      return SctpRefusal.NONE;
    }
    return switch (type) {
      case DATA -> body(length >= DataChunk.HEADER);
      case SACK -> body(length >= SackChunk.HEADER && length == SackChunk.length(octets, chunk));
      case FORWARD_TSN -> body(length >= ForwardTsnChunk.HEADER && length % 4 == 0);
      case INIT, INIT_ACK ->
          length < InitChunk.HEADER
              ? SctpRefusal.BODY
              : parameters(octets, chunk, InitChunk.HEADER, false);
      case HEARTBEAT, HEARTBEAT_ACK, ABORT, ERROR -> parameters(octets, chunk, HEADER, false);
      case RE_CONFIG -> parameters(octets, chunk, HEADER, true);
      case SHUTDOWN -> body(length == HEADER + 4);
      case COOKIE_ECHO -> body(length > HEADER);
      case SHUTDOWN_ACK, COOKIE_ACK, SHUTDOWN_COMPLETE, PAD -> SctpRefusal.NONE;
    };
  }

  private static SctpRefusal body(boolean good) {
    return good ? SctpRefusal.NONE : SctpRefusal.BODY;
  }

  // Error causes have the form of parameters.
  private static SctpRefusal parameters(byte[] octets, int chunk, int from, boolean requests) {
    int end = chunk + PacketReader.chunkLength(octets, chunk);
    int count = 0;
    for (int at = chunk + from; at < end; at = next(octets, at)) {
      if (end - at < HEADER || length(octets, at) < HEADER || length(octets, at) > end - at) {
        return SctpRefusal.PARAMETER;
      }
      if (requests && !whole(octets, at) || ++count > MOST_PARAMETERS) {
        return SctpRefusal.PARAMETER;
      }
    }
    return SctpRefusal.NONE;
  }

  // Whether a request or response of RFC 6525, section 4, has all its fields.
  private static boolean whole(byte[] octets, int at) {
    int length = length(octets, at);
    return switch (type(octets, at)) {
      case 13 -> length >= 16 && length % 2 == 0;
      case 14 -> length >= 8 && length % 2 == 0;
      case 15 -> length == 8;
      case 16 -> length == 12 || length == 20;
      case 17, 18 -> length == 12;
      default -> true;
    };
  }

  static int type(byte[] octets, int parameter) {
    return Octets.u16(octets, parameter);
  }

  /// With its header, without its padding.
  static int length(byte[] octets, int parameter) {
    return Octets.u16(octets, parameter + 2);
  }

  static int next(byte[] octets, int parameter) {
    return parameter + PacketReader.padded(length(octets, parameter));
  }
}
