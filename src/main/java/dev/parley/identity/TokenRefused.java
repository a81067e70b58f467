package dev.parley.identity;

/// Why an access token opens nothing: a value that travels as an exception, without a stack.
public final class TokenRefused extends Exception {
  private static final long serialVersionUID = 1L;

  /// The causes, in the order they are looked for.
  public enum Reason {
    MISSING,
    MALFORMED,
    UNKNOWN_KEY,
    SIGNATURE,
    EXPIRED,
    NOT_YET_VALID,
    OTHER_ROOM,
    NOT_GRANTED
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
