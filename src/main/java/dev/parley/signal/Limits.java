package dev.parley.signal;

import dev.parley.media.PeerLimits;
import java.time.Duration;

/// What one socket and one session may use.
///
/// @param maxMessageBytes octets of one message, 1024 to 65536
/// @param maxDescriptionBytes octets of a message with a description for the server's end from one
///   who has joined, 1572864 at most (the most the WebSocket door takes)
/// @param messagesPerSecond how fast the token bucket of a socket fills
/// @param burst how many messages the bucket holds
/// @param heartbeat how often a client must send something; after twice that its socket is lost
/// @param resume how long a participant stays after its socket was lost
/// @param join how long a new socket may take to join
/// @param retainedNotices notices kept for a resume
/// @param retainedBytes characters of notices kept for a resume
/// @param queuedNotices notices that may wait for a slow reader
/// @param queuedBytes characters that may wait for a slow reader
/// @param peer what one participant may use of the selective forwarding unit
public record Limits(
    int maxMessageBytes,
    int maxDescriptionBytes,
    int messagesPerSecond,
    int burst,
    Duration heartbeat,
    Duration resume,
    Duration join,
    int retainedNotices,
    int retainedBytes,
    int queuedNotices,
    int queuedBytes,
    PeerLimits peer) {
  /// The most the door takes off the wire from whom it does not know, whatever the settings say.
  public static final int MOST_MESSAGE_BYTES = 65_536;

  /// The most it takes at all: what a browser offers again has all its codecs in each section,
  /// 4,400 octets of video and 900 of audio, and there are 400 in a room of 150 people with some
  /// screens.
  public static final int MOST_DESCRIPTION_BYTES = 3 << 19;

  public static final Limits DEFAULTS =
      new Limits(
          MOST_MESSAGE_BYTES,
          MOST_DESCRIPTION_BYTES,
          50,
          200,
          Duration.ofSeconds(30),
          Duration.ofSeconds(20),
          Duration.ofSeconds(10),
          1_024,
          1_048_576,
          1_024,
          2_097_152,
          PeerLimits.defaults());

  public Limits {
    within("maxMessageBytes", maxMessageBytes, 1_024, MOST_MESSAGE_BYTES);
    within("maxDescriptionBytes", maxDescriptionBytes, maxMessageBytes, MOST_DESCRIPTION_BYTES);
    within("messagesPerSecond", messagesPerSecond, 1, 1_000_000);
    within("burst", burst, 1, 10_000_000);
    within("heartbeat seconds", heartbeat.toSeconds(), 1, 3_600);
    within("resume seconds", resume.toSeconds(), 0, 3_600);
    within("join seconds", join.toSeconds(), 1, 600);
    within("retainedNotices", retainedNotices, 1, 65_536);
    within("retainedBytes", retainedBytes, 1_024, 16_777_216);
    within("queuedNotices", queuedNotices, 8, 1_000_000);
    within("queuedBytes", queuedBytes, 65_536, 268_435_456);
  }

  /// The same with another grace for lost sockets.
  public Limits resume(Duration other) {
    return new Limits(
        maxMessageBytes,
        maxDescriptionBytes,
        messagesPerSecond,
        burst,
        heartbeat,
        other,
        join,
        retainedNotices,
        retainedBytes,
        queuedNotices,
        queuedBytes,
        peer);
  }

  /// The same with another heartbeat.
  public Limits heartbeat(Duration other) {
    return new Limits(
        maxMessageBytes,
        maxDescriptionBytes,
        messagesPerSecond,
        burst,
        other,
        resume,
        join,
        retainedNotices,
        retainedBytes,
        queuedNotices,
        queuedBytes,
        peer);
  }

  /// The same with another rate; the bucket holds four seconds of it.
  public Limits messagesPerSecond(int rate) {
    return new Limits(
        maxMessageBytes,
        maxDescriptionBytes,
        rate,
        4 * rate,
        heartbeat,
        resume,
        join,
        retainedNotices,
        retainedBytes,
        queuedNotices,
        queuedBytes,
        peer);
  }

  /// The same with other limits of a participant's media.
  public Limits peer(PeerLimits other) {
    return new Limits(
        maxMessageBytes,
        maxDescriptionBytes,
        messagesPerSecond,
        burst,
        heartbeat,
        resume,
        join,
        retainedNotices,
        retainedBytes,
        queuedNotices,
        queuedBytes,
        other);
  }

  private static void within(String what, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "%s is %d, but must be %d to %d".formatted(what, value, least, most));
    }
  }
}
