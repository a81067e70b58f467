package dev.parley.protocol.rtp;

/// The aggregation header of an AV1 payload and the OBUs that begin in it (RTP Payload Format For
/// AV1, section 4.4).
///
/// ```
///  0 1 2 3 4 5 6 7
/// +-+-+-+-+-+-+-+-+
/// |Z|Y| W |N|-|-|-|   then OBU elements: [length (leb128)] OBU header, ...
/// +-+-+-+-+-+-+-+-+   with W = 0 each has a length, else all but the last of W
///
///  OBU header
/// +-+-+-+-+-+-+-+-+
/// |F| type  |X|S|-|
/// +-+-+-+-+-+-+-+-+
/// ```
public final class Av1Payload {
  public static final int SEQUENCE_HEADER = 1;

  private static final int Z = 0x80;
  private static final int Y = 0x40;
  private static final int N = 0x08;

  /// A length that needs more octets is longer than any packet.
  private static final int LONGEST_LENGTH = 3;

  private Av1Payload() {}

  /// Z: whether the first element goes on with an OBU of the packet before.
  public static boolean continues(byte[] octets, int at) {
    return (octets[at] & Z) != 0;
  }

  /// Y: whether the last element's OBU goes on in the next packet.
  public static boolean continued(byte[] octets, int at) {
    return (octets[at] & Y) != 0;
  }

  /// W: elements in the packet, 1 to 3, or 0 where it is not told.
  public static int elements(byte[] octets, int at) {
    return octets[at] >> 4 & 0x03;
  }

  /// N: whether this is the first packet of a coded video sequence, which a key frame begins.
  public static boolean startsSequence(byte[] octets, int at) {
    return (octets[at] & N) != 0;
  }

  /// A bit (1 << type) for each type of OBU that begins in a payload, or [RtpPacket#MALFORMED]
  /// where elements do not fit, or Z and N are both set.
  public static int units(byte[] octets, int at, int length) {
    if (length < 1 || continues(octets, at) && startsSequence(octets, at)) {
      return RtpPacket.MALFORMED;
    }
    int last = elements(octets, at);
    int end = at + length;
    int next = at + 1;
    int units = 0;
    int element = 1;
    while (next < end) {
      boolean sized = element != last;
      int size = sized ? leb128(octets, next, end) : end - next;
      int from = sized ? behindLeb128(octets, next, end) : next;
      if (size < 0 || size > end - from) {
        return RtpPacket.MALFORMED;
      }
      if (size > 0 && (element > 1 || !continues(octets, at))) {
        units |= 1 << (octets[from] >> 3 & 0x0f);
      }
      next = from + size;
      element++;
    }
    return last == 0 || element == last + 1 ? units : RtpPacket.MALFORMED;
  }

  /// Whether a key frame begins in this payload: N is set, or a sequence header begins in it.
  public static boolean keyFrame(byte[] octets, int at, int length) {
    if (length < 1 || continues(octets, at) && startsSequence(octets, at)) {
      return false;
    }
    int units = startsSequence(octets, at) ? 0 : units(octets, at, length);
    return startsSequence(octets, at) || units > 0 && (units & 1 << SEQUENCE_HEADER) != 0;
  }

  /// A number of seven bits an octet, the lowest first, or [RtpPacket#MALFORMED].
  private static int leb128(byte[] octets, int at, int end) {
    int number = 0;
    for (int i = 0; i < LONGEST_LENGTH && at + i < end; i++) {
      number |= (octets[at + i] & 0x7f) << 7 * i;
      if (octets[at + i] >= 0) {
        return number;
      }
    }
    return RtpPacket.MALFORMED;
  }

  private static int behindLeb128(byte[] octets, int at, int end) {
    int next = at;
    while (next < end && octets[next] < 0) {
      next++;
    }
    return next + 1;
  }
}
