package dev.parley.protocol.rtp;

import dev.parley.wire.Octets;

/// The scalability structure in a VP9 payload descriptor (RFC 9628 section 4.2.1).
///
/// ```
///         0 1 2 3 4 5 6 7
///        +-+-+-+-+-+-+-+-+
///        | N_S |Y|G|-|-|-|
///        +-+-+-+-+-+-+-+-+              -\
/// Y:     |     WIDTH     | 2 octets      .
///        +-+-+-+-+-+-+-+-+               . N_S + 1 times
///        |     HEIGHT    | 2 octets      .
///        +-+-+-+-+-+-+-+-+              -/
/// G:     |      N_G      |
///        +-+-+-+-+-+-+-+-+                           -\
/// N_G:   | TID |U| R |-|-|                            .
///        +-+-+-+-+-+-+-+-+              -\            . N_G times
///        |    P_DIFF     |               . R times    .
///        +-+-+-+-+-+-+-+-+              -/           -/
/// ```
///
/// `at` is what [Vp9Descriptor#structureAt] said, of a descriptor that was accepted.
public final class Vp9Structure {
  private static final int Y = 0x10;
  private static final int G = 0x08;

  private Vp9Structure() {}

  /// Spatial layers, 1 to 8.
  public static int spatialLayers(byte[] octets, int at) {
    return (Octets.u8(octets, at) >> 5) + 1;
  }

  /// Pixels of a spatial layer's width, or [Vp9Descriptor#NONE] where sizes are not told.
  public static int width(byte[] octets, int at, int layer) {
    return size(octets, at, layer, 0);
  }

  /// Pixels of a spatial layer's height, or [Vp9Descriptor#NONE] where sizes are not told.
  public static int height(byte[] octets, int at, int layer) {
    return size(octets, at, layer, 2);
  }

  /// Pictures in the group that repeats, 0 to 255, or [Vp9Descriptor#NONE] where it is not told.
  public static int pictureGroup(byte[] octets, int at) {
    return (octets[at] & G) != 0
        ? Octets.u8(octets, at + 1 + sizes(octets, at))
        : Vp9Descriptor.NONE;
  }

  /// Index of the octet behind, or [RtpPacket#MALFORMED] if the structure does not fit.
  static int behind(byte[] octets, int at, int end) {
    if (at >= end) {
      return RtpPacket.MALFORMED;
    }
    int next = at + 1 + sizes(octets, at);
    if ((octets[at] & G) == 0) {
      return next <= end ? next : RtpPacket.MALFORMED;
    }
    if (next >= end) {
      return RtpPacket.MALFORMED;
    }
    int pictures = Octets.u8(octets, next++);
    for (int i = 0; i < pictures; i++) {
      if (next >= end) {
        return RtpPacket.MALFORMED;
      }
      next += 1 + (octets[next] >> 2 & 0x03);
    }
    return next <= end ? next : RtpPacket.MALFORMED;
  }

  private static int size(byte[] octets, int at, int layer, int offset) {
    return (octets[at] & Y) != 0 && layer >= 0 && layer < spatialLayers(octets, at)
        ? Octets.u16(octets, at + 1 + 4 * layer + offset)
        : Vp9Descriptor.NONE;
  }

  private static int sizes(byte[] octets, int at) {
    return (octets[at] & Y) != 0 ? 4 * spatialLayers(octets, at) : 0;
  }
}
