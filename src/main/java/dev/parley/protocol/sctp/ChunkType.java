package dev.parley.protocol.sctp;

/// The chunk types of SCTP (RFC 9260, section 3.2, and the IANA registry "Chunk Types").
enum ChunkType {
  DATA(0),
  INIT(1),
  INIT_ACK(2),
  SACK(3),
  HEARTBEAT(4),
  HEARTBEAT_ACK(5),
  ABORT(6),
  SHUTDOWN(7),
  SHUTDOWN_ACK(8),
  ERROR(9),
  COOKIE_ECHO(10),
  COOKIE_ACK(11),
  SHUTDOWN_COMPLETE(14),
  /// RFC 6525, section 3.1.
  RE_CONFIG(130),
  /// RFC 4820, section 3.
  PAD(132),
  /// RFC 3758, section 3.2.
  FORWARD_TSN(192);

  private static final ChunkType[] BY_CODE = new ChunkType[256];

  static {
    for (ChunkType type : values()) {
      BY_CODE[type.code] = type;
    }
  }

  private final int code;

  ChunkType(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  /// The type with a code, 0 to 255, or null where this end knows none.
  static ChunkType of(int code) {
    return BY_CODE[code];
  }

  /// Whether an unknown chunk is skipped and the rest of its packet taken (section 3.2).
  static boolean skipped(int code) {
    return (code & 0x80) != 0;
  }

  /// Whether an unknown chunk is reported by an ERROR (section 3.2).
  static boolean reported(int code) {
    return (code & 0x40) != 0;
  }
}
