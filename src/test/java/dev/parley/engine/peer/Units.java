package dev.parley.engine.peer;

/// Nanoseconds.
final class Units {
  static final long MILLISECOND = 1_000_000;
  static final long SECOND = 1_000_000_000;

  private Units() {}
}
