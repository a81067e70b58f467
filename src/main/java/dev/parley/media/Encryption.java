package dev.parley.media;

/// Whether media that goes through the server is encrypted from end to end: above SRTP, with keys
/// that the server does not have (as SFrame, RFC 9605, or what browsers do by encoded transforms).
///
/// The server cannot see it in the packets and goes by what publishers declare.
public enum Encryption {
  /// No track may be: the server is to record, to transcode or to pass media to who has no key.
  OFF,
  /// Each publisher decides, and all are told.
  ALLOWED,
  /// Every track is, or does not go up.
  REQUIRED;

  /// Whether a track may be published that is declared so.
  public boolean permits(boolean encrypted) {
    return this == ALLOWED || encrypted == (this == REQUIRED);
  }
}
