package dev.parley.media;

/// What a track is of.
public enum TrackKind {
  AUDIO,
  VIDEO
}
