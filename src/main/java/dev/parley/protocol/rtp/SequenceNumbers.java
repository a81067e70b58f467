package dev.parley.protocol.rtp;

/// Serial number arithmetic (RFC 1982) on 16-bit sequence numbers and 32-bit timestamps (RFC 3550).
///
/// Numbers half the circle apart are in no order: neither is newer. [Unwrapper] counts across
/// wraps.
public final class SequenceNumbers {
  private SequenceNumbers() {}

  /// How far a sequence number is ahead of another, -32768 to 32767; bits above the lowest 16 are
  /// not looked at.
  public static int difference(int sequence, int other) {
    return (short) (sequence - other);
  }

  /// Whether a sequence number comes after another.
  public static boolean newer(int sequence, int other) {
    return difference(sequence, other) > 0;
  }

  /// The sequence number so many steps on, 0 to 65535; steps may be negative.
  public static int plus(int sequence, int steps) {
    return sequence + steps & 0xffff;
  }

  /// How far a timestamp is ahead of another, in its own units.
  public static int timestampDifference(int timestamp, int other) {
    return timestamp - other;
  }

  /// Whether a timestamp is later than another.
  public static boolean laterTimestamp(int timestamp, int other) {
    return timestamp - other > 0;
  }
}
