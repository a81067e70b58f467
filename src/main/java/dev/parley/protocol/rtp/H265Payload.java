package dev.parley.protocol.rtp;

import dev.parley.wire.Octets;

/// Which NAL units an H.265 payload begins (RFC 7798 section 4.4), without decoding order numbers
/// (`sprop-max-don-diff=0`).
///
/// ```
///  0                   1                   2
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |F|   Type    |  LayerId  | TID |S|E|  FuType   |  Type 49: a fragment
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///
/// |F|  Type 48  |  LayerId  | TID |  size (16)  | NAL unit 1 | size (16) | NAL unit 2 ...
/// ```
public final class H265Payload {
  /// The first and the last type of slices a decoder may start with: BLA, IDR, CRA, reserved.
  public static final int FIRST_IRAP = 16;

  public static final int LAST_IRAP = 23;
  public static final int VPS = 32;
  public static final int SPS = 33;
  public static final int PPS = 34;

  private static final int HIGHEST_NAL_UNIT = 47;
  private static final int AGGREGATE = 48;
  private static final int FRAGMENT = 49;
  private static final int HEADER = 2;
  private static final int S = 0x80;
  private static final long KEY =
      (1L << LAST_IRAP + 1) - (1L << FIRST_IRAP) | 1L << VPS | 1L << SPS;

  private H265Payload() {}

  /// A bit (1L << type) for each type of NAL unit that begins in a payload; 0 where a fragment goes
  /// on; [RtpPacket#MALFORMED] for what is neither (PACI among it).
  public static long units(byte[] octets, int at, int length) {
    if (length < HEADER) {
      return RtpPacket.MALFORMED;
    }
    return switch (type(octets, at)) {
      case AGGREGATE -> aggregated(octets, at + HEADER, at + length);
      case FRAGMENT -> fragment(octets, at, length);
      default -> unit(type(octets, at));
    };
  }

  /// TemporalId of a payload of two octets or more, 0 to 6, or [RtpPacket#MALFORMED].
  public static int temporalLayer(byte[] octets, int at) {
    return (octets[at + 1] & 0x07) - 1;
  }

  /// Whether a key frame begins in this payload: a slice of a random access point, or the VPS or
  /// SPS in front of one; forwarding should begin with the first packet this is said of.
  public static boolean keyFrame(byte[] octets, int at, int length) {
    long units = units(octets, at, length);
    return units > 0 && (units & KEY) != 0;
  }

  private static int type(byte[] octets, int at) {
    return octets[at] >> 1 & 0x3f;
  }

  private static long unit(int type) {
    return type <= HIGHEST_NAL_UNIT ? 1L << type : RtpPacket.MALFORMED;
  }

  private static long fragment(byte[] octets, int at, int length) {
    if (length <= HEADER) {
      return RtpPacket.MALFORMED;
    }
    long unit = unit(octets[at + HEADER] & 0x3f);
    return unit < 0 || (octets[at + HEADER] & S) != 0 ? unit : 0;
  }

  private static long aggregated(byte[] octets, int from, int end) {
    long units = 0;
    int next = from;
    while (next < end) {
      int size = next + 2 <= end ? Octets.u16(octets, next) : 0;
      if (size < HEADER || next + 2 + size > end || unit(type(octets, next + 2)) < 0) {
        return RtpPacket.MALFORMED;
      }
      units |= unit(type(octets, next + 2));
      next += 2 + size;
    }
    return units != 0 ? units : RtpPacket.MALFORMED;
  }
}
