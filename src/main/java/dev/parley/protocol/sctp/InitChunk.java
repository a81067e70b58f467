package dev.parley.protocol.sctp;

import dev.parley.wire.Octets;

/// What an INIT or INIT ACK says (RFC 9260, sections 3.3.2 and 3.3.3).
///
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------+---------------+-------------------------------+
/// |  Type = 1, 2  |  Chunk Flags  |      Chunk Length             |
/// +---------------+---------------+-------------------------------+
/// |                         Initiate Tag                          |
/// +---------------------------------------------------------------+
/// |           Advertised Receiver Window Credit (a_rwnd)          |
/// +-------------------------------+-------------------------------+
/// |  Number of Outbound Streams   |   Number of Inbound Streams   |
/// +-------------------------------+-------------------------------+
/// |                          Initial TSN                          |
/// +---------------------------------------------------------------+
/// |              Optional/Variable-Length Parameters              |
/// ```
///
/// @param window a_rwnd, 0 to 4294967295
/// @param cookie index of the state cookie's value, or -1
/// @param cookieLength octets
/// @param forwardTsn whether its sender takes FORWARD TSN (RFC 3758, section 3.1)
/// @param reset whether its sender takes RE-CONFIG (RFC 6525, section 5.1.1)
record InitChunk(
    int tag,
    long window,
    int outbound,
    int inbound,
    int tsn,
    int cookie,
    int cookieLength,
    boolean forwardTsn,
    boolean reset) {
  static final int HEADER = 20;

  /// All that can be numbered but the last, which RFC 8832 keeps back.
  static final int STREAMS = 65_535;

  /// @param chunk index of a chunk that was checked
  static InitChunk read(byte[] octets, int chunk) {
    int cookie = -1;
    int cookieLength = 0;
    boolean forwardTsn = false;
    boolean reset = false;
    int end = chunk + PacketReader.chunkLength(octets, chunk);
    for (int at = chunk + HEADER; at < end; at = ChunkCheck.next(octets, at)) {
      int code = ChunkCheck.type(octets, at);
      ParameterType type = ParameterType.of(code);
      if (type == null && !ParameterType.skipped(code)) {
        break;
      }
      if (type == ParameterType.STATE_COOKIE) {
        cookie = at + PacketReader.CHUNK_HEADER;
        cookieLength = ChunkCheck.length(octets, at) - PacketReader.CHUNK_HEADER;
      } else if (type == ParameterType.FORWARD_TSN_SUPPORTED) {
        forwardTsn = true;
      } else if (type == ParameterType.SUPPORTED_EXTENSIONS) {
        forwardTsn |= lists(octets, at, ChunkType.FORWARD_TSN);
        reset |= lists(octets, at, ChunkType.RE_CONFIG);
      }
    }
    return new InitChunk(
        Octets.u32(octets, chunk + 4),
        Octets.u32(octets, chunk + 8) & 0xffff_ffffL,
        Octets.u16(octets, chunk + 12),
        Octets.u16(octets, chunk + 14),
        Octets.u32(octets, chunk + 16),
        cookie,
        cookieLength,
        forwardTsn,
        reset);
  }

  private static boolean lists(byte[] octets, int parameter, ChunkType type) {
    int end = parameter + ChunkCheck.length(octets, parameter);
    for (int at = parameter + PacketReader.CHUNK_HEADER; at < end; at++) {
      if (Octets.u8(octets, at) == type.code()) {
        return true;
      }
    }
    return false;
  }

  /// Whether an association can come of it: a tag and streams both ways (section 3.3.2).
  boolean valid() {
    return tag != 0 && outbound != 0 && inbound != 0;
  }

  /// Writes an INIT, or an INIT ACK where there is a cookie.
  ///
  /// @param unknown the parameters of the INIT to be reported, each in full, one behind the other
  static void write(PacketWriter out, int tag, int window, int tsn, byte[] cookie, byte[] unknown) {
    int body = HEADER - PacketReader.CHUNK_HEADER + EXTENSIONS;
    boolean answer = cookie.length > 0;
    int size = body + (answer ? 4 + PacketReader.padded(cookie.length) : 0) + unknown.length;
    int at = out.chunk(answer ? ChunkType.INIT_ACK : ChunkType.INIT, 0, size);
    byte[] octets = out.octets();
    Octets.put32(octets, at, tag);
    Octets.put32(octets, at + 4, window);
    Octets.put16(octets, at + 8, STREAMS);
    Octets.put16(octets, at + 10, STREAMS);
    Octets.put32(octets, at + 12, tsn);
    extensions(octets, at + 16);
    if (answer) {
      Octets.put16(octets, at + body, ParameterType.STATE_COOKIE.code());
      Octets.put16(octets, at + body + 2, 4 + cookie.length);
      System.arraycopy(cookie, 0, octets, at + body + 4, cookie.length);
    }
    System.arraycopy(unknown, 0, octets, at + size - unknown.length, unknown.length);
  }

  /// Octets of the two parameters that say what this end can.
  private static final int EXTENSIONS = 12;

  private static void extensions(byte[] octets, int at) {
    Octets.put16(octets, at, ParameterType.FORWARD_TSN_SUPPORTED.code());
    Octets.put16(octets, at + 2, 4);
    Octets.put16(octets, at + 4, ParameterType.SUPPORTED_EXTENSIONS.code());
    Octets.put16(octets, at + 6, 6);
    Octets.put8(octets, at + 8, ChunkType.RE_CONFIG.code());
    Octets.put8(octets, at + 9, ChunkType.FORWARD_TSN.code());
    Octets.put16(octets, at + 10, 0);
  }

  /// The parameters of an INIT that are to be reported by its INIT ACK, each wrapped as section
  /// 3.3.3.1 says; at most so many octets.
  static byte[] unknown(byte[] octets, int chunk, int most) {
    byte[] reported = new byte[most];
    int length = 0;
    int end = chunk + PacketReader.chunkLength(octets, chunk);
    for (int at = chunk + HEADER; at < end; at = ChunkCheck.next(octets, at)) {
      int code = ChunkCheck.type(octets, at);
      if (ParameterType.of(code) != null) {
        continue;
      }
      int size = ChunkCheck.length(octets, at);
      int wrapped = PacketReader.CHUNK_HEADER + PacketReader.padded(size);
      if (ParameterType.reported(code) && length + wrapped <= most) {
        Octets.put16(reported, length, ParameterType.UNRECOGNIZED_PARAMETER.code());
        Octets.put16(reported, length + 2, PacketReader.CHUNK_HEADER + size);
        System.arraycopy(octets, at, reported, length + PacketReader.CHUNK_HEADER, size);
        length += wrapped;
      }
      if (!ParameterType.skipped(code)) {
        break;
      }
    }
    return java.util.Arrays.copyOf(reported, length);
  }
}
