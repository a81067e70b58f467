package dev.parley.protocol.rtp;

import dev.parley.wire.Octets;

/// The VP8 payload descriptor in front of each packet's VP8 data (RFC 7741 section 4.2).
///
/// ```
///      0 1 2 3 4 5 6 7
///     +-+-+-+-+-+-+-+-+
///     |X|R|N|S|R| PID | (REQUIRED)
///     +-+-+-+-+-+-+-+-+
/// X:  |I|L|T|K| RSV   | (OPTIONAL)
///     +-+-+-+-+-+-+-+-+
/// I:  |M| PictureID   | (OPTIONAL, 15 bits if M)
///     +-+-+-+-+-+-+-+-+
/// L:  |   TL0PICIDX   | (OPTIONAL)
///     +-+-+-+-+-+-+-+-+
/// T/K:|TID|Y| KEYIDX  | (OPTIONAL)
///     +-+-+-+-+-+-+-+-+
/// ```
///
/// `at` is the payload's first octet. Accessors without a length are for a payload whose descriptor
/// [#length] has accepted.
public final class Vp8Descriptor {
  /// The descriptor has no such field.
  public static final int NONE = -1;

  private static final int X = 0x80;
  private static final int N = 0x20;
  private static final int START_OF_FIRST_PARTITION = 0x17;
  private static final int S = 0x10;
  private static final int I = 0x80;
  private static final int L = 0x40;
  private static final int T = 0x20;
  private static final int K = 0x10;
  private static final int M = 0x80;

  /// Frame tag, start code, width and height (RFC 6386 section 9.1).
  private static final int KEY_FRAME_HEADER = 10;

  private static final int START_CODE = 0x9d012a;

  private Vp8Descriptor() {}

  /// Octets of the descriptor, 1 to 6, or [RtpPacket#MALFORMED] if it does not fit.
  public static int length(byte[] octets, int at, int length) {
    if (length < 1) {
      return RtpPacket.MALFORMED;
    }
    if ((octets[at] & X) == 0) {
      return 1;
    }
    if (length < 2 || has(octets, at, I) && length < 3) {
      return RtpPacket.MALFORMED;
    }
    int descriptor = indicesAt(octets, at) - at + (has(octets, at, T | K) ? 1 : 0);
    return descriptor <= length ? descriptor : RtpPacket.MALFORMED;
  }

  /// Whether the packet begins a frame: S is set and the partition is the first.
  public static boolean startsFrame(byte[] octets, int at) {
    return (octets[at] & START_OF_FIRST_PARTITION) == S;
  }

  /// N: whether no other frame refers to this one.
  public static boolean discardable(byte[] octets, int at) {
    return (octets[at] & N) != 0;
  }

  /// 7 or 15 bits of picture ID, 0 without one.
  public static int pictureIdBits(byte[] octets, int at) {
    if (!has(octets, at, I)) {
      return 0;
    }
    return (octets[at + 2] & M) != 0 ? 15 : 7;
  }

  /// 0 to 127 or 0 to 32767, or [#NONE].
  public static int pictureId(byte[] octets, int at) {
    int bits = pictureIdBits(octets, at);
    if (bits == 15) {
      return Octets.u16(octets, at + 2) & 0x7fff;
    }
    return bits == 7 ? octets[at + 2] & 0x7f : NONE;
  }

  /// Overwrites the picture ID with as many lowest bits as it has room for; nothing without one.
  public static void putPictureId(byte[] octets, int at, int pictureId) {
    int bits = pictureIdBits(octets, at);
    if (bits == 15) {
      Octets.put16(octets, at + 2, 0x8000 | pictureId);
    } else if (bits == 7) {
      Octets.put8(octets, at + 2, pictureId & 0x7f);
    }
  }

  /// The running number of base layer frames, 0 to 255, or [#NONE].
  public static int tl0PicIdx(byte[] octets, int at) {
    return has(octets, at, L) ? Octets.u8(octets, indicesAt(octets, at) - 1) : NONE;
  }

  /// Overwrites the lowest 8 bits of TL0PICIDX; nothing without one.
  public static void putTl0PicIdx(byte[] octets, int at, int index) {
    if (has(octets, at, L)) {
      Octets.put8(octets, indicesAt(octets, at) - 1, index);
    }
  }

  /// TID, 0 to 3, or [#NONE].
  public static int temporalLayer(byte[] octets, int at) {
    return has(octets, at, T) ? Octets.u8(octets, indicesAt(octets, at)) >> 6 : NONE;
  }

  /// Y: whether the frame refers to the base layer alone, so that its layer may be joined here.
  public static boolean layerSync(byte[] octets, int at) {
    return has(octets, at, T) && (octets[indicesAt(octets, at)] & 0x20) != 0;
  }

  /// KEYIDX, 0 to 31, or [#NONE].
  public static int keyIdx(byte[] octets, int at) {
    return has(octets, at, K) ? octets[indicesAt(octets, at)] & 0x1f : NONE;
  }

  /// Overwrites the lowest 5 bits of KEYIDX; nothing without one.
  public static void putKeyIdx(byte[] octets, int at, int index) {
    if (has(octets, at, K)) {
      int place = indicesAt(octets, at);
      Octets.put8(octets, place, octets[place] & 0xe0 | index & 0x1f);
    }
  }

  /// Whether a key frame begins in this payload: the P bit of a first partition is clear (RFC 7741
  /// section 4.3).
  public static boolean keyFrame(byte[] octets, int at, int length) {
    int descriptor = length(octets, at, length);
    return descriptor > 0
        && descriptor < length
        && startsFrame(octets, at)
        && (octets[at + descriptor] & 1) == 0;
  }

  /// Pixels of a key frame's width, or [#NONE] if the payload begins no key frame.
  public static int width(byte[] octets, int at, int length) {
    return dimension(octets, at, length, KEY_FRAME_HEADER - 4);
  }

  /// Pixels of a key frame's height, or [#NONE] if the payload begins no key frame.
  public static int height(byte[] octets, int at, int length) {
    return dimension(octets, at, length, KEY_FRAME_HEADER - 2);
  }

  /// Little-endian, 14 bits; the two above ask for upscaling.
  private static int dimension(byte[] octets, int at, int length, int offset) {
    int frame = at + length(octets, at, length);
    if (!keyFrame(octets, at, length)
        || frame + KEY_FRAME_HEADER > at + length
        || (Octets.u32(octets, frame + 2) & 0xffffff) != START_CODE) {
      return NONE;
    }
    return Octets.u8(octets, frame + offset) | (octets[frame + offset + 1] & 0x3f) << 8;
  }

  private static boolean has(byte[] octets, int at, int bits) {
    return (octets[at] & X) != 0 && (octets[at + 1] & bits) != 0;
  }

  /// Where TID, Y and KEYIDX are, if they are.
  private static int indicesAt(byte[] octets, int at) {
    return at + 2 + (pictureIdBits(octets, at) + 1) / 8 + (has(octets, at, L) ? 1 : 0);
  }
}
