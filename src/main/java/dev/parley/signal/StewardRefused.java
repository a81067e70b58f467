package dev.parley.signal;

/// Why the [Steward] did not do what it was asked: a value that travels as an exception, without a
/// stack.
public final class StewardRefused extends Exception {
  private static final long serialVersionUID = 1L;

  /// The causes.
  public enum Reason {
    /// Nobody of that identity is in the room, or nobody is in it at all.
    NO_PARTICIPANT,
    /// That one publishes no such track.
    NO_TRACK,
    /// What is wished is out of range.
    INVALID,
    /// It cannot be done to that one, or not now.
    NOT_POSSIBLE
  }

  private final Reason reason;

  public StewardRefused(Reason reason, String message) {
    super(message, null, false, false);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
