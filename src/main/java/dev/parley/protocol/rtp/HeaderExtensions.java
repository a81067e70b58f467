package dev.parley.protocol.rtp;

import dev.parley.wire.Octets;

/// The elements of an RTP header extension where they lie (RFC 8285 section 4).
///
/// ```
///  one-byte (profile 0xBEDE)          two-byte (profile 0x100 and four bits)
///  0                                  0                   1
///  0 1 2 3 4 5 6 7                    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5
/// +-+-+-+-+-+-+-+-+                  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |  ID   |  len  |  len + 1 octets  |      ID       |    length     |  length octets
/// +-+-+-+-+-+-+-+-+                  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
///
/// An element is the index of its value in the buffer, or [#NONE]; [#id] and [#length] tell the
/// rest. `at` is the index of the packet and `header` what [RtpPacket#headerLength] said of it,
/// never negative. An element that does not fit ends the list, as do IDs 0 and 15 where RFC 8285
/// section 4.2 says so; what lies in front of it counts.
public final class HeaderExtensions {
  /// No such element.
  public static final int NONE = -1;

  static final int ONE_BYTE = 0xbede;
  static final int TWO_BYTE = 0x1000;

  /// ID 15 of the one-byte form stops the reader (RFC 8285 section 4.2).
  private static final int STOP = 15;

  private HeaderExtensions() {}

  /// The value of the first element with an ID, 1 to 255.
  public static int find(byte[] octets, int at, int header, int id) {
    int element = first(octets, at, header);
    while (element != NONE && id(octets, at, element) != id) {
      element = next(octets, at, header, element);
    }
    return element;
  }

  /// The value of the first element there is.
  public static int first(byte[] octets, int at, int header) {
    if (!RtpPacket.hasExtension(octets, at)) {
      return NONE;
    }
    return element(octets, profile(octets, at), elements(octets, at), at + header);
  }

  /// The value of the element behind another.
  public static int next(byte[] octets, int at, int header, int element) {
    int profile = profile(octets, at);
    int from = element + length(octets, profile == ONE_BYTE, element);
    return element(octets, profile, from, at + header);
  }

  /// The ID of an element, 1 to 14 or 1 to 255.
  public static int id(byte[] octets, int at, int element) {
    return profile(octets, at) == ONE_BYTE
        ? Octets.u8(octets, element - 1) >> 4
        : Octets.u8(octets, element - 2);
  }

  /// Octets of an element's value, 1 to 16 or 0 to 255.
  public static int length(byte[] octets, int at, int element) {
    return length(octets, profile(octets, at) == ONE_BYTE, element);
  }

  private static int length(byte[] octets, boolean oneByte, int element) {
    return oneByte ? (octets[element - 1] & 0x0f) + 1 : Octets.u8(octets, element - 1);
  }

  private static int profile(byte[] octets, int at) {
    return Octets.u16(octets, elements(octets, at) - RtpPacket.EXTENSION_HEADER);
  }

  private static int elements(byte[] octets, int at) {
    return at
        + RtpPacket.FIXED_HEADER
        + 4 * RtpPacket.csrcCount(octets, at)
        + RtpPacket.EXTENSION_HEADER;
  }

  private static int element(byte[] octets, int profile, int from, int end) {
    int start = from;
    while (start < end && octets[start] == 0) {
      start++;
    }
    if (profile == ONE_BYTE) {
      return oneByteElement(octets, start, end);
    }
    return (profile & 0xfff0) == TWO_BYTE ? twoByteElement(octets, start, end) : NONE;
  }

  private static int oneByteElement(byte[] octets, int start, int end) {
    if (start >= end) {
      return NONE;
    }
    int id = Octets.u8(octets, start) >> 4;
    int length = (octets[start] & 0x0f) + 1;
    return id != 0 && id != STOP && start + 1 + length <= end ? start + 1 : NONE;
  }

  private static int twoByteElement(byte[] octets, int start, int end) {
    return start + 2 <= end && start + 2 + Octets.u8(octets, start + 1) <= end ? start + 2 : NONE;
  }
}
