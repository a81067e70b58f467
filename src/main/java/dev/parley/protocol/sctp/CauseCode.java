package dev.parley.protocol.sctp;

/// The error causes of ERROR and ABORT (RFC 9260, section 3.3.10, and the IANA registry "Error
/// Cause Codes").
enum CauseCode {
  INVALID_STREAM_IDENTIFIER(1),
  MISSING_MANDATORY_PARAMETER(2),
  STALE_COOKIE(3),
  OUT_OF_RESOURCE(4),
  UNRESOLVABLE_ADDRESS(5),
  UNRECOGNIZED_CHUNK_TYPE(6),
  INVALID_MANDATORY_PARAMETER(7),
  UNRECOGNIZED_PARAMETERS(8),
  NO_USER_DATA(9),
  COOKIE_RECEIVED_WHILE_SHUTTING_DOWN(10),
  RESTART_WITH_NEW_ADDRESSES(11),
  USER_INITIATED_ABORT(12),
  PROTOCOL_VIOLATION(13);

  private final int code;

  CauseCode(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }
}
