package dev.parley.engine.peer;

import dev.parley.engine.Engine;

/// Deadlines that may be [Engine#NEVER], which is no time and takes part in no subtraction.
final class Deadline {
  private Deadline() {}

  /// A time as a deadline: the very value of "never" is passed a nanosecond late.
  static long at(long time) {
    return time == Engine.NEVER ? time + 1 : time;
  }

  static long earlier(long a, long b) {
    if (a == Engine.NEVER || b == Engine.NEVER) {
      return a == Engine.NEVER ? b : a;
    }
    return a - b < 0 ? a : b;
  }

  static boolean due(long deadline, long now) {
    return deadline != Engine.NEVER && now - deadline >= 0;
  }
}
