package dev.parley.protocol.stun;

/// The registry of STUN error codes with their recommended reason phrases (RFC 8489, section 14.8).
public enum StunError {
  TRY_ALTERNATE(300, 8489, "Try Alternate"),
  BAD_REQUEST(400, 8489, "Bad Request"),
  UNAUTHENTICATED(401, 8489, "Unauthenticated"),
  FORBIDDEN(403, 8656, "Forbidden"),
  MOBILITY_FORBIDDEN(405, 8016, "Mobility Forbidden"),
  UNKNOWN_ATTRIBUTE(420, 8489, "Unknown Attribute"),
  ALLOCATION_MISMATCH(437, 8656, "Allocation Mismatch"),
  STALE_NONCE(438, 8489, "Stale Nonce"),
  ADDRESS_FAMILY_NOT_SUPPORTED(440, 8656, "Address Family not Supported"),
  WRONG_CREDENTIALS(441, 8656, "Wrong Credentials"),
  UNSUPPORTED_TRANSPORT_PROTOCOL(442, 8656, "Unsupported Transport Protocol"),
  PEER_ADDRESS_FAMILY_MISMATCH(443, 8656, "Peer Address Family Mismatch"),
  CONNECTION_ALREADY_EXISTS(446, 6062, "Connection Already Exists"),
  CONNECTION_TIMEOUT_OR_FAILURE(447, 6062, "Connection Timeout or Failure"),
  ALLOCATION_QUOTA_REACHED(486, 8656, "Allocation Quota Reached"),
  ROLE_CONFLICT(487, 8445, "Role Conflict"),
  SERVER_ERROR(500, 8489, "Server Error"),
  INSUFFICIENT_CAPACITY(508, 8656, "Insufficient Capacity");

  private final int code;
  private final int rfc;
  private final String phrase;

  StunError(int code, int rfc, String phrase) {
    this.code = code;
    this.rfc = rfc;
    this.phrase = phrase;
  }

  /// The error of a code, or null where the registry has none.
  public static StunError of(int code) {
    for (StunError error : values()) {
      if (error.code == code) {
        return error;
      }
    }
    return null;
  }

  public int code() {
    return code;
  }

  /// The RFC that defines it.
  public int rfc() {
    return rfc;
  }

  /// The recommended reason phrase; ASCII.
  public String phrase() {
    return phrase;
  }
}
