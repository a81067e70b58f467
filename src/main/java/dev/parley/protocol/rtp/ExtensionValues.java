package dev.parley.protocol.rtp;

import dev.parley.wire.Octets;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Reads and writes the values of header extension elements that a server understands.
///
/// `value` is the index [HeaderExtensions] gave, `length` the element's; a value of a length it
/// cannot have is [#NONE] to every reader.
///
/// ```
///  audio level (RFC 6464)   transport-wide cc              abs-send-time
///  0 1 2 3 4 5 6 7          0                   1          0                   1                   2
/// +-+-+-+-+-+-+-+-+         0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3
/// |V| level -dBov |        |        sequence number        |  | seconds   |  fraction, 2^-18 seconds          |
/// ```
public final class ExtensionValues {
  /// No such value.
  public static final int NONE = -1;

  /// The level that RFC 6464 section 3 calls digital silence.
  public static final int SILENCE = 127;

  public static final int ABS_SEND_TIME_LENGTH = 3;
  public static final int TRANSPORT_SEQUENCE_LENGTH = 2;

  /// No MID or RID of a browser has more; longer ones are nobody's.
  public static final int LONGEST_NAME = 32;

  private static final long SECOND = 1_000_000_000L;

  private ExtensionValues() {}

  /// RFC 6464: how far below overload a packet's audio is, 0 (loudest) to 127 (silence), in dB.
  public static int audioLevel(byte[] octets, int value, int length) {
    return length == 1 ? octets[value] & 0x7f : NONE;
  }

  /// RFC 6464: whether the sender believes that the packet holds voice.
  public static boolean voiceActivity(byte[] octets, int value, int length) {
    return length == 1 && octets[value] < 0;
  }

  /// The time of sending in 2^-18 seconds, 24 bits: wraps every 64 seconds.
  public static int absSendTime(byte[] octets, int value, int length) {
    return length == ABS_SEND_TIME_LENGTH
        ? Octets.u8(octets, value) << 16 | Octets.u16(octets, value + 1)
        : NONE;
  }

  /// Writes the time of sending, nanoseconds of any origin, in [#ABS_SEND_TIME_LENGTH] octets.
  public static void putAbsSendTime(byte[] octets, int value, long now) {
    int time = absSendTime(now);
    Octets.put8(octets, value, time >> 16);
    Octets.put16(octets, value + 1, time);
  }

  /// Nanoseconds of any origin as 24 bits of 2^-18 seconds.
  public static int absSendTime(long now) {
    long seconds = Math.floorDiv(now, SECOND);
    long fraction = ((now - seconds * SECOND) << 18) / SECOND;
    return (int) ((seconds << 18) + fraction) & 0xffffff;
  }

  /// The transport-wide sequence number, 0 to 65535.
  public static int transportSequence(byte[] octets, int value, int length) {
    return length == TRANSPORT_SEQUENCE_LENGTH ? Octets.u16(octets, value) : NONE;
  }

  /// Writes the lowest 16 bits, in [#TRANSPORT_SEQUENCE_LENGTH] octets.
  public static void putTransportSequence(byte[] octets, int value, int sequence) {
    Octets.put16(octets, value, sequence);
  }

  /// Whether a MID or RID is a certain one.
  public static boolean isName(byte[] octets, int value, int length, byte[] name) {
    return Arrays.equals(octets, value, value + length, name, 0, name.length);
  }

  /// Whether this may be a MID or RID at all: 1 to [#LONGEST_NAME] characters of the token of RFC
  /// 8866 section 9, which those of RFC 8851 are within.
  public static boolean isName(byte[] octets, int value, int length) {
    if (length < 1 || length > LONGEST_NAME) {
      return false;
    }
    for (int i = value; i < value + length; i++) {
      if (!isTokenCharacter(octets[i])) {
        return false;
      }
    }
    return true;
  }

  /// A MID or RID as text, or the empty string if it is none. Allocates: for a stream's first
  /// packet.
  public static String name(byte[] octets, int value, int length) {
    return isName(octets, value, length)
        ? new String(octets, value, length, StandardCharsets.US_ASCII)
        : "";
  }

  /// Visible ASCII but for `"(),/:;<=>?@[\]`.
  private static boolean isTokenCharacter(byte c) {
    return c > ' ' && c < 0x7f && "\"(),/:;<=>?@[\\]".indexOf(c) < 0;
  }
}
