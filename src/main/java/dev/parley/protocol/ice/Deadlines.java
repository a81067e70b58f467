package dev.parley.protocol.ice;

/// Deadlines that may be [IceLite#NEVER], which is no time and takes part in no subtraction.
final class Deadlines {
  private Deadlines() {}

  /// A time as a deadline: the very value of "never" is passed a nanosecond late.
  static long at(long time) {
    return time == IceLite.NEVER ? time + 1 : time;
  }

  static long earlier(long a, long b) {
    if (a == IceLite.NEVER || b == IceLite.NEVER) {
      return a == IceLite.NEVER ? b : a;
    }
    return a - b < 0 ? a : b;
  }

  static boolean due(long deadline, long now) {
    return deadline != IceLite.NEVER && now - deadline >= 0;
  }
}
