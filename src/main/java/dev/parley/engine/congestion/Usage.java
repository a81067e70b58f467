package dev.parley.engine.congestion;

/// How the path is used, as the delay tells (draft-ietf-rmcat-gcc-02, section 5.4).
enum Usage {
  NORMAL,
  /// A queue grows.
  OVERUSE,
  /// A queue drains.
  UNDERUSE
}
