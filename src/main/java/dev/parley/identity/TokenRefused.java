package dev.parley.identity;

/// Why an access token opens nothing: a value that travels as an exception, without a stack.
public final class TokenRefused extends Exception {
  private static final long serialVersionUID = 1L;

  /// The causes, in the order they are looked for; [#code()] is what doors show.
  public enum Reason {
    MISSING("token-missing"),
    MALFORMED("token-malformed"),
    UNKNOWN_KEY("token-unknown-key"),
    SIGNATURE("token-signature"),
    EXPIRED("token-expired"),
    NOT_YET_VALID("token-not-yet-valid"),
    OTHER_ROOM("token-other-room"),
    NOT_GRANTED("token-not-granted");

    private final String code;

    Reason(String code) {
      this.code = code;
    }

    public String code() {
      return code;
    }
  }

  private final Reason reason;

  /// @param message for people; never holds the token
  public TokenRefused(Reason reason, String message) {
    super(message, null, false, false);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
