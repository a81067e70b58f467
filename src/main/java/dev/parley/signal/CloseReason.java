package dev.parley.signal;

/// Why a line is closed: the table of close codes of the protocol (WebSocket codes, RFC 6455,
/// section 7.4; 4000 and above are ours).
public enum CloseReason {
  LEFT(1000, "left", false),
  TOO_BIG(1009, "message too big", true),
  FAILED(1011, "the server failed", true),
  BAD_REQUEST(4000, "not of this protocol", true),
  CREDENTIALS(4001, "credentials refused", false),
  REMOVED(4003, "removed by a moderator", false),
  NO_ROOM(4004, "no such room", false),
  LOCKED(4005, "the room is locked", false),
  ORIGIN(4006, "this origin is not allowed", false),
  TOO_MANY(4008, "too many messages", true),
  REPLACED(4009, "replaced by a newer socket", false),
  FULL(4010, "the room is full", false),
  SLOW(4011, "reads too slowly", true),
  CLOSED(4012, "the room was closed", false),
  HEARTBEAT(4013, "heartbeat missed", true),
  RESUME_FAILED(4014, "resume failed", false);

  private final int code;
  private final String phrase;
  private final boolean resumable;

  CloseReason(int code, String phrase, boolean resumable) {
    this.code = code;
    this.phrase = phrase;
    this.resumable = resumable;
  }

  public int code() {
    return code;
  }

  /// A few words for the close frame, at most 123 octets.
  public String phrase() {
    return phrase;
  }

  /// Whether only the socket is lost and the session waits for a resume.
  public boolean resumable() {
    return resumable;
  }
}
