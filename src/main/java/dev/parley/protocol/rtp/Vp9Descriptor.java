package dev.parley.protocol.rtp;

import dev.parley.wire.Octets;

/// The VP9 payload descriptor in front of each packet's VP9 data (RFC 9628 section 4.2).
///
/// ```
///      0 1 2 3 4 5 6 7
///     +-+-+-+-+-+-+-+-+
///     |I|P|L|F|B|E|V|Z| (REQUIRED)
///     +-+-+-+-+-+-+-+-+
/// I:  |M| PICTURE ID  | (RECOMMENDED, 15 bits if M)
///     +-+-+-+-+-+-+-+-+
/// L:  | TID |U| SID |D| (CONDITIONALLY RECOMMENDED)
///     +-+-+-+-+-+-+-+-+
///     |   TL0PICIDX   | (with L, non-flexible mode)
///     +-+-+-+-+-+-+-+-+
/// P,F:| P_DIFF      |N| (flexible mode, up to 3 times)
///     +-+-+-+-+-+-+-+-+
/// V:  | SS            | (scalability structure, see Vp9Structure)
///     | ..            |
///     +-+-+-+-+-+-+-+-+
/// ```
///
/// `at` is the payload's first octet. Accessors without a length are for a payload whose descriptor
/// [#length] has accepted.
public final class Vp9Descriptor {
  /// The descriptor has no such field.
  public static final int NONE = -1;

  private static final int I = 0x80;
  private static final int P = 0x40;
  private static final int L = 0x20;
  private static final int F = 0x10;
  private static final int B = 0x08;
  private static final int E = 0x04;
  private static final int V = 0x02;
  private static final int Z = 0x01;
  private static final int M = 0x80;

  /// Reference pictures of a flexible mode picture (section 4.2.1).
  private static final int MOST_REFERENCES = 3;

  private Vp9Descriptor() {}

  /// Octets of the descriptor, 1 or more, or [RtpPacket#MALFORMED].
  public static int length(byte[] octets, int at, int length) {
    int end = at + length;
    if (length < 1 || has(octets, at, I) && length < 2) {
      return RtpPacket.MALFORMED;
    }
    int next = indicesAt(octets, at);
    if (has(octets, at, L)) {
      next += flexible(octets, at) ? 1 : 2;
    }
    if (flexible(octets, at) && interPredicted(octets, at)) {
      next = behindReferences(octets, next, end);
    }
    if (next >= 0 && has(octets, at, V)) {
      next = Vp9Structure.behind(octets, next, end);
    }
    return next >= 0 && next <= end ? next - at : RtpPacket.MALFORMED;
  }

  /// P: whether the picture refers to earlier pictures of the same spatial layer.
  public static boolean interPredicted(byte[] octets, int at) {
    return has(octets, at, P);
  }

  /// F: flexible mode, where references are named and TL0PICIDX is not there.
  public static boolean flexible(byte[] octets, int at) {
    return has(octets, at, F);
  }

  /// B: whether a layer frame begins here.
  public static boolean startsFrame(byte[] octets, int at) {
    return has(octets, at, B);
  }

  /// E: whether a layer frame ends here.
  public static boolean endsFrame(byte[] octets, int at) {
    return has(octets, at, E);
  }

  /// Z: whether no higher spatial layer refers to this layer frame.
  public static boolean notReferredToAbove(byte[] octets, int at) {
    return has(octets, at, Z);
  }

  /// 7 or 15 bits of picture ID, 0 without one.
  public static int pictureIdBits(byte[] octets, int at) {
    if (!has(octets, at, I)) {
      return 0;
    }
    return (octets[at + 1] & M) != 0 ? 15 : 7;
  }

  /// 0 to 127 or 0 to 32767, or [#NONE].
  public static int pictureId(byte[] octets, int at) {
    int bits = pictureIdBits(octets, at);
    if (bits == 15) {
      return Octets.u16(octets, at + 1) & 0x7fff;
    }
    return bits == 7 ? octets[at + 1] & 0x7f : NONE;
  }

  /// Overwrites the picture ID with as many lowest bits as it has room for; nothing without one.
  public static void putPictureId(byte[] octets, int at, int pictureId) {
    int bits = pictureIdBits(octets, at);
    if (bits == 15) {
      Octets.put16(octets, at + 1, 0x8000 | pictureId);
    } else if (bits == 7) {
      Octets.put8(octets, at + 1, pictureId & 0x7f);
    }
  }

  /// TID, 0 to 7, or [#NONE].
  public static int temporalLayer(byte[] octets, int at) {
    return has(octets, at, L) ? Octets.u8(octets, indicesAt(octets, at)) >> 5 : NONE;
  }

  /// U: whether a receiver may switch up to this temporal layer here.
  public static boolean switchingUpPoint(byte[] octets, int at) {
    return has(octets, at, L) && (octets[indicesAt(octets, at)] & 0x10) != 0;
  }

  /// SID, 0 to 7, or [#NONE].
  public static int spatialLayer(byte[] octets, int at) {
    return has(octets, at, L) ? octets[indicesAt(octets, at)] >> 1 & 0x07 : NONE;
  }

  /// D: whether the layer frame refers to the next lower spatial layer of its picture.
  public static boolean interLayerPredicted(byte[] octets, int at) {
    return has(octets, at, L) && (octets[indicesAt(octets, at)] & 0x01) != 0;
  }

  /// The running number of base layer pictures, 0 to 255, or [#NONE].
  public static int tl0PicIdx(byte[] octets, int at) {
    return hasTl0PicIdx(octets, at) ? Octets.u8(octets, indicesAt(octets, at) + 1) : NONE;
  }

  /// Overwrites the lowest 8 bits of TL0PICIDX; nothing without one.
  public static void putTl0PicIdx(byte[] octets, int at, int index) {
    if (hasTl0PicIdx(octets, at)) {
      Octets.put8(octets, indicesAt(octets, at) + 1, index);
    }
  }

  /// Index of the scalability structure, or [#NONE].
  public static int structureAt(byte[] octets, int at, int length) {
    if (!has(octets, at, V)) {
      return NONE;
    }
    int next = indicesAt(octets, at);
    if (has(octets, at, L)) {
      next += flexible(octets, at) ? 1 : 2;
    }
    return flexible(octets, at) && interPredicted(octets, at)
        ? behindReferences(octets, next, at + length)
        : next;
  }

  /// Whether a key frame begins in this payload: the start of a layer frame of the lowest spatial
  /// layer that is not predicted from an earlier picture.
  public static boolean keyFrame(byte[] octets, int at, int length) {
    return length(octets, at, length) > 0
        && startsFrame(octets, at)
        && !interPredicted(octets, at)
        && spatialLayer(octets, at) <= 0;
  }

  private static boolean has(byte[] octets, int at, int bit) {
    return (octets[at] & bit) != 0;
  }

  private static boolean hasTl0PicIdx(byte[] octets, int at) {
    return (octets[at] & (L | F)) == L;
  }

  private static int indicesAt(byte[] octets, int at) {
    return at + 1 + (pictureIdBits(octets, at) + 1) / 8;
  }

  private static int behindReferences(byte[] octets, int from, int end) {
    for (int i = from; i < from + MOST_REFERENCES && i < end; i++) {
      if ((octets[i] & 1) == 0) {
        return i + 1;
      }
    }
    return RtpPacket.MALFORMED;
  }
}
