package dev.parley.identity;

/// Why something about accounts, keys, invites or TURN was refused: a value that travels as an
/// exception, without a stack.
public final class IdentityRefused extends Exception {
  private static final long serialVersionUID = 1L;

  /// The causes; [#code()] is what doors show.
  public enum Reason {
    LOGIN_REFUSED("login-refused"),
    LOGIN_THROTTLED("login-throttled"),
    BUSY("busy"),
    ACCOUNT_NOT_FOUND("account-not-found"),
    ACCOUNT_EXISTS("account-exists"),
    ACCOUNT_INVALID("account-invalid"),
    PASSWORD_UNSUITABLE("password-unsuitable"),
    LAST_ADMIN("last-admin"),
    KEY_NOT_FOUND("key-not-found"),
    KEY_INVALID("key-invalid"),
    INVITE_INVALID("invite-invalid"),
    TURN_INVALID("turn-invalid"),
    TURN_USER_NOT_FOUND("turn-user-not-found"),
    TURN_USER_EXISTS("turn-user-exists");

    private final String code;

    Reason(String code) {
      this.code = code;
    }

    public String code() {
      return code;
    }
  }

  private final Reason reason;

  public IdentityRefused(Reason reason, String message) {
    super(message, null, false, false);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
