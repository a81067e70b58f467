package dev.parley.media;

/// How good a participant's connection to the server is, in classes.
public enum Quality {
  /// Nothing is to be noticed.
  EXCELLENT,
  /// Attentive people notice something.
  GOOD,
  /// It is hard to follow, or pictures are much smaller than they should be.
  POOR,
  /// Nothing has been heard of it for some seconds.
  LOST
}
