package dev.parley.protocol.rtp;

import dev.parley.wire.Octets;

/// Which NAL units an H.264 payload begins (RFC 6184 section 5).
///
/// ```
///  NAL unit or aggregate    FU indicator      FU header
///  0 1 2 3 4 5 6 7          0 1 2 3 4 5 6 7   0 1 2 3 4 5 6 7
/// +-+-+-+-+-+-+-+-+        +-+-+-+-+-+-+-+-+ +-+-+-+-+-+-+-+-+
/// |F|NRI|  Type   |        |F|NRI| Type=28 | |S|E|R|  Type   |
/// +-+-+-+-+-+-+-+-+        +-+-+-+-+-+-+-+-+ +-+-+-+-+-+-+-+-+
///
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |STAP-A (24)    |         NAL unit 1 size       | NAL unit 1    :
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
public final class H264Payload {
  public static final int IDR = 5;
  public static final int SPS = 7;
  public static final int PPS = 8;

  private static final int HIGHEST_NAL_UNIT = 23;
  private static final int STAP_A = 24;
  private static final int FU_A = 28;
  private static final int TYPE = 0x1f;
  private static final int S = 0x80;

  private H264Payload() {}

  /// A bit (1 << type) for each type of NAL unit that begins in a payload; 0 where a fragment goes
  /// on; [RtpPacket#MALFORMED] for what packetization modes 0 and 1 do not have.
  public static int units(byte[] octets, int at, int length) {
    if (length < 1) {
      return RtpPacket.MALFORMED;
    }
    return switch (octets[at] & TYPE) {
      case STAP_A -> aggregated(octets, at + 1, at + length);
      case FU_A -> fragment(octets, at, length);
      default -> unit(octets[at]);
    };
  }

  /// Whether a key frame begins in this payload: an IDR slice, or the parameter sets that precede
  /// it. The parameter sets come first and often in a packet of their own, so forwarding should
  /// begin with the first packet of a frame this is said of.
  public static boolean keyFrame(byte[] octets, int at, int length) {
    int units = units(octets, at, length);
    return units > 0 && (units & (1 << IDR | 1 << SPS)) != 0;
  }

  private static int unit(byte header) {
    int type = header & TYPE;
    return type >= 1 && type <= HIGHEST_NAL_UNIT ? 1 << type : RtpPacket.MALFORMED;
  }

  private static int fragment(byte[] octets, int at, int length) {
    if (length < 2) {
      return RtpPacket.MALFORMED;
    }
    int unit = unit(octets[at + 1]);
    return unit < 0 || (octets[at + 1] & S) != 0 ? unit : 0;
  }

  private static int aggregated(byte[] octets, int from, int end) {
    int units = 0;
    int next = from;
    while (next < end) {
      int size = next + 2 <= end ? Octets.u16(octets, next) : 0;
      if (size == 0 || next + 2 + size > end || unit(octets[next + 2]) < 0) {
        return RtpPacket.MALFORMED;
      }
      units |= unit(octets[next + 2]);
      next += 2 + size;
    }
    return units != 0 ? units : RtpPacket.MALFORMED;
  }
}
