package dev.parley.protocol.sdp;

/// What a session description may cost to read: the answer to SDP bombs.
///
/// @param characters longest text
/// @param line longest line, in characters
/// @param lines most lines
/// @param sections most media sections
/// @param attributes most attributes of one section, and of the session
public record SdpLimits(int characters, int line, int lines, int sections, int attributes) {
  /// Room for a browser that publishes eight tracks and receives camera and microphone of 150
  /// people and some screens, and for nothing much bigger. What Chromium offers again has all its
  /// codecs in each section: 160 lines and 4,400 characters of video, 30 and 900 of audio.
  public static final SdpLimits STANDARD = new SdpLimits(3 << 19, 4096, 48_000, 400, 512);

  /// What is left for the candidates of one PATCH (RFC 8840).
  public static final SdpLimits FRAGMENT = new SdpLimits(1 << 16, 1024, 1024, 64, 128);
}
