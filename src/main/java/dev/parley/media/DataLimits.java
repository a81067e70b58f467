package dev.parley.media;

/// How much of data channels the client behind a peer may use. Whoever sends more is not read from
/// until it has waited long enough: its association's window closes, and nothing is lost.
///
/// @param channels open at a time, whoever opened them
/// @param octetsPerSecond of messages taken from the client
/// @param messagesPerSecond likewise
public record DataLimits(int channels, int octetsPerSecond, int messagesPerSecond) {
  /// Octets of the longest message, told to the client as `a=max-message-size` (RFC 8841, section
  /// 6): what browsers take from each other too.
  public static final int LONGEST = 262_144;

  public DataLimits {
    if (channels < 1 || octetsPerSecond < LONGEST || messagesPerSecond < 1) {
      throw new IllegalArgumentException("data limits that let nothing pass");
    }
  }

  /// Room for chat, pointers and files: a file as fast as a hundred megabits carry it.
  public static DataLimits defaults() {
    return new DataLimits(64, 12_500_000, 2_000);
  }
}
