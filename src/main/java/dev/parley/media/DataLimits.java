package dev.parley.media;

/// How much of data channels the client behind a peer may use.
///
/// @param channels open at a time, whoever opened them
/// @param messageOctets of the longest message taken, and told to the client as
///   `a=max-message-size`
/// @param octetsPerSecond taken from the client; beyond that its association's window closes, so
///   that nothing is lost
/// @param messagesPerSecond likewise
public record DataLimits(
    int channels, int messageOctets, long octetsPerSecond, int messagesPerSecond) {
  /// What WebRTC clients and we take at most (RFC 8841, section 6).
  public static final int LONGEST = 262_144;

  /// Room for chat, files and pointers; beyond what a room of fifty can be sent by one core.
  public static DataLimits defaults() {
    return new DataLimits(64, LONGEST, 16_000_000, 2_000);
  }
}
