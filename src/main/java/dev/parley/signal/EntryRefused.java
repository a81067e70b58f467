package dev.parley.signal;

/// Why an [Agent] could not enter: a value that travels as an exception, without a stack.
public final class EntryRefused extends Exception {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;

  public EntryRefused(ErrorCode code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  public ErrorCode code() {
    return code;
  }
}
