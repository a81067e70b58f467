package dev.parley.protocol.sdp;

/// What a session description may cost to read: the answer to SDP bombs.
///
/// @param characters longest text
/// @param line longest line, in characters
/// @param lines most lines
/// @param sections most media sections
/// @param attributes most attributes of one section, and of the session
public record SdpLimits(int characters, int line, int lines, int sections, int attributes) {
  /// Room for a browser that is sent two tracks by each of 150 people (some 2,000 characters a
  /// section in its answers) or publishes ten (130 lines and 5,000 characters), and for nothing
  /// much bigger.
  public static final SdpLimits STANDARD = new SdpLimits(1 << 20, 4096, 64_000, 512, 512);

  /// What is left for the candidates of one PATCH (RFC 8840).
  public static final SdpLimits FRAGMENT = new SdpLimits(1 << 16, 1024, 1024, 64, 128);
}
