package dev.parley.engine;

/// Deadlines that may be [Engine#NEVER], which is no time and takes part in no subtraction.
public final class Deadline {
  private Deadline() {}

  /// A time as a deadline, not taken for [Engine#NEVER]: as a clock passes that very value, who is
  /// to be woken then is a nanosecond late.
  public static long at(long time) {
    return time == Engine.NEVER ? time + 1 : time;
  }

  /// The earlier of two.
  public static long earlier(long a, long b) {
    if (a == Engine.NEVER || b == Engine.NEVER) {
      return a == Engine.NEVER ? b : a;
    }
    return a - b < 0 ? a : b;
  }

  /// Whether it has come.
  public static boolean due(long deadline, long now) {
    return deadline != Engine.NEVER && now - deadline >= 0;
  }
}
