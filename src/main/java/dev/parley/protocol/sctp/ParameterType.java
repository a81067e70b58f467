package dev.parley.protocol.sctp;

/// The parameter types this end knows (RFC 9260, section 3.2.1, and the IANA registry "Chunk
/// Parameter Types").
enum ParameterType {
  HEARTBEAT_INFO(1),
  IPV4_ADDRESS(5),
  IPV6_ADDRESS(6),
  STATE_COOKIE(7),
  UNRECOGNIZED_PARAMETER(8),
  COOKIE_PRESERVATIVE(9),
  HOST_NAME_ADDRESS(11),
  SUPPORTED_ADDRESS_TYPES(12),
  /// RFC 6525, section 4.1.
  OUTGOING_SSN_RESET_REQUEST(13),
  /// RFC 6525, section 4.2.
  INCOMING_SSN_RESET_REQUEST(14),
  /// RFC 6525, section 4.3.
  SSN_TSN_RESET_REQUEST(15),
  /// RFC 6525, section 4.4.
  RE_CONFIGURATION_RESPONSE(16),
  /// RFC 6525, section 4.5.
  ADD_OUTGOING_STREAMS_REQUEST(17),
  /// RFC 6525, section 4.6.
  ADD_INCOMING_STREAMS_REQUEST(18),
  ECN_CAPABLE(0x8000),
  /// RFC 9653, section 4.
  ZERO_CHECKSUM_ACCEPTABLE(0x8001),
  /// RFC 5061, section 4.2.7.
  SUPPORTED_EXTENSIONS(0x8008),
  /// RFC 3758, section 3.1.
  FORWARD_TSN_SUPPORTED(0xc000);

  private final int code;

  ParameterType(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  /// The type with a code, 0 to 65535, or null where this end knows none. Rare.
  static ParameterType of(int code) {
    for (ParameterType type : values()) {
      if (type.code == code) {
        return type;
      }
    }
    return null;
  }

  /// Whether an unknown parameter is skipped and those behind it are looked at (section 3.2.1).
  static boolean skipped(int code) {
    return (code & 0x8000) != 0;
  }

  /// Whether an unknown parameter is reported (section 3.2.1).
  static boolean reported(int code) {
    return (code & 0x4000) != 0;
  }
}
