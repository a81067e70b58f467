package dev.parley.protocol.sctp;

/// What became of a request to change streams (RFC 6525, section 4.4).
enum ResetResult {
  SUCCESS_NOTHING_TO_DO(0),
  SUCCESS_PERFORMED(1),
  DENIED(2),
  WRONG_SSN(3),
  REQUEST_ALREADY_IN_PROGRESS(4),
  BAD_SEQUENCE_NUMBER(5),
  IN_PROGRESS(6);

  private final int code;

  ResetResult(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  /// The result with a code; what nobody knows is a denial.
  static ResetResult of(int code) {
    return code >= 0 && code < values().length ? values()[code] : DENIED;
  }
}
