package dev.parley.room;

/// Why a room could not be opened, created or changed: a value that travels as an exception,
/// without a stack.
public final class RoomRefused extends Exception {
  private static final long serialVersionUID = 1L;

  /// The causes; [#code()] is what doors show.
  public enum Reason {
    TOKEN_MISSING("token-missing"),
    TOKEN_MALFORMED("token-malformed"),
    TOKEN_SIGNATURE("token-signature"),
    TOKEN_UNKNOWN_KEY("token-unknown-key"),
    TOKEN_EXPIRED("token-expired"),
    TOKEN_NOT_YET_VALID("token-not-yet-valid"),
    TOKEN_OTHER_ROOM("token-other-room"),
    TOKEN_NOT_GRANTED("token-not-granted"),
    INVITE_INVALID("invite-invalid"),
    ROOM_NOT_FOUND("room-not-found"),
    ROOM_EXISTS("room-exists"),
    ROOM_NAME_INVALID("room-name-invalid"),
    SETTING_INVALID("setting-invalid");

    private final String code;

    Reason(String code) {
      this.code = code;
    }

    public String code() {
      return code;
    }
  }

  private final Reason reason;

  public RoomRefused(Reason reason, String message) {
    super(message, null, false, false);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
