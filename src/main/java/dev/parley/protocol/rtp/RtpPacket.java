package dev.parley.protocol.rtp;

import dev.parley.wire.Octets;

/// The header of an RTP packet where it lies in a buffer (RFC 3550 section 5.1).
///
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |V=2|P|X|  CC   |M|     PT      |       sequence number         |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                           timestamp                           |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |           synchronization source (SSRC) identifier            |
/// +=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+
/// |            contributing source (CSRC) identifiers             |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |      defined by profile       |    length (32-bit words)      |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                        header extension                       |
/// ```
///
/// `at` is the index of the packet's first octet, `length` its octets. The accessors that take no
/// length are for a packet that [#headerLength] or [#wellFormed] has accepted.
public final class RtpPacket {
  /// Octets of the header without CSRC and extension.
  public static final int FIXED_HEADER = 12;

  /// Octets in front of the elements of a header extension: its profile and its length.
  public static final int EXTENSION_HEADER = 4;

  /// What an accessor says of octets that are not what it reads.
  public static final int MALFORMED = -1;

  private static final int VERSION_2 = 0x80;
  private static final int PADDING = 0x20;
  private static final int EXTENSION = 0x10;
  private static final int CSRC_COUNT = 0x0f;
  private static final int MARKER = 0x80;
  private static final int PAYLOAD_TYPE = 0x7f;

  private RtpPacket() {}

  /// Whether a first octet, 0 to 255, is one of RTP or RTCP (128 to 191, RFC 7983 section 7).
  public static boolean isMedia(int firstOctet) {
    return (firstOctet & 0xc0) == VERSION_2;
  }

  /// Whether what is media by its first octet is RTCP: packet types 192 to 223, which are payload
  /// types 64 to 95 with the marker bit (RFC 5761 section 4). The packet has two octets or more.
  public static boolean looksLikeRtcp(byte[] octets, int at) {
    return (octets[at + 1] & 0xe0) == 0xc0;
  }

  /// Whether this is an RTP packet in the clear: version 2, and CSRC, extension and padding fit
  /// into it. It may carry no payload.
  public static boolean wellFormed(byte[] octets, int at, int length) {
    return payloadLength(octets, at, length) >= 0;
  }

  /// Octets from the packet's first to its payload, CSRC and extension included, or [#MALFORMED].
  /// Padding is not looked at: in SRTP its count is encrypted.
  public static int headerLength(byte[] octets, int at, int length) {
    if (length < FIXED_HEADER || !isMedia(octets[at])) {
      return MALFORMED;
    }
    int header = FIXED_HEADER + 4 * csrcCount(octets, at);
    if (hasExtension(octets, at)) {
      header += EXTENSION_HEADER;
      if (header > length) {
        return MALFORMED;
      }
      header += 4 * Octets.u16(octets, at + header - 2);
    }
    return header <= length ? header : MALFORMED;
  }

  /// Octets of the payload without padding, 0 or more, or [#MALFORMED].
  public static int payloadLength(byte[] octets, int at, int length) {
    int header = headerLength(octets, at, length);
    if (header < 0 || !hasPadding(octets, at)) {
      return header < 0 ? MALFORMED : length - header;
    }
    int padding = Octets.u8(octets, at + length - 1);
    return padding != 0 && header + padding <= length ? length - header - padding : MALFORMED;
  }

  /// Octets of padding at the end, its count included: 0 if there is none, 1 to 255, or
  /// [#MALFORMED] where the count is 0 or leaves no room for the header.
  public static int paddingLength(byte[] octets, int at, int length) {
    int header = headerLength(octets, at, length);
    int payload = payloadLength(octets, at, length);
    return payload < 0 ? MALFORMED : length - header - payload;
  }

  public static boolean hasPadding(byte[] octets, int at) {
    return (octets[at] & PADDING) != 0;
  }

  public static boolean hasExtension(byte[] octets, int at) {
    return (octets[at] & EXTENSION) != 0;
  }

  /// Contributing sources, 0 to 15.
  public static int csrcCount(byte[] octets, int at) {
    return octets[at] & CSRC_COUNT;
  }

  /// The contributing source at a place below [#csrcCount].
  public static int csrc(byte[] octets, int at, int place) {
    return Octets.u32(octets, at + FIXED_HEADER + 4 * place);
  }

  public static boolean marker(byte[] octets, int at) {
    return (octets[at + 1] & MARKER) != 0;
  }

  /// 0 to 127.
  public static int payloadType(byte[] octets, int at) {
    return octets[at + 1] & PAYLOAD_TYPE;
  }

  /// 0 to 65535.
  public static int sequence(byte[] octets, int at) {
    return Octets.u16(octets, at + 2);
  }

  /// In units of the payload's clock; the top bit makes it negative.
  public static int timestamp(byte[] octets, int at) {
    return Octets.u32(octets, at + 4);
  }

  /// The synchronization source; the top bit makes it negative.
  public static int ssrc(byte[] octets, int at) {
    return Octets.u32(octets, at + 8);
  }

  /// Writes a fixed header of [#FIXED_HEADER] octets: no padding, no extension, no CSRC.
  public static void putHeader(
      byte[] octets,
      int at,
      boolean marker,
      int payloadType,
      int sequence,
      int timestamp,
      int ssrc) {
    Octets.put8(octets, at, VERSION_2);
    Octets.put8(octets, at + 1, (marker ? MARKER : 0) | payloadType & PAYLOAD_TYPE);
    putSequence(octets, at, sequence);
    putTimestamp(octets, at, timestamp);
    putSsrc(octets, at, ssrc);
  }

  public static void putPadding(byte[] octets, int at, boolean padding) {
    putBit(octets, at, PADDING, padding);
  }

  public static void putExtension(byte[] octets, int at, boolean extension) {
    putBit(octets, at, EXTENSION, extension);
  }

  public static void putMarker(byte[] octets, int at, boolean marker) {
    putBit(octets, at + 1, MARKER, marker);
  }

  /// Writes the lowest 7 bits; the marker stays.
  public static void putPayloadType(byte[] octets, int at, int payloadType) {
    Octets.put8(octets, at + 1, octets[at + 1] & MARKER | payloadType & PAYLOAD_TYPE);
  }

  /// Writes the lowest 16 bits.
  public static void putSequence(byte[] octets, int at, int sequence) {
    Octets.put16(octets, at + 2, sequence);
  }

  public static void putTimestamp(byte[] octets, int at, int timestamp) {
    Octets.put32(octets, at + 4, timestamp);
  }

  public static void putSsrc(byte[] octets, int at, int ssrc) {
    Octets.put32(octets, at + 8, ssrc);
  }

  private static void putBit(byte[] octets, int at, int bit, boolean set) {
    Octets.put8(octets, at, set ? octets[at] | bit : octets[at] & ~bit);
  }
}
