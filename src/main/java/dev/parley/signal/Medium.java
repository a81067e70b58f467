package dev.parley.signal;

/// What a moderator may ask a participant to mute.
public enum Medium {
  AUDIO,
  VIDEO
}
