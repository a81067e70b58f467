package dev.parley.media;

/// What an event loop does without while it has too much to do; each with all before it.
public enum OverloadStep {
  /// Nothing.
  NONE,
  /// The largest pictures.
  SMALLER,
  /// Half of the pictures a second, and more and more of the videos of large rooms.
  FEWER,
  /// Newcomers: they are refused.
  FULL
}
