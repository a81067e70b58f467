package dev.parley.protocol.rtp;

import dev.parley.wire.Octets;

/// How large the pictures of one RtpStream are, as far as packets tell in the clear: a VP8 key
/// frame (RFC 6386 section 9.1), VP9's scalability structure (RFC 9628 section 4.2.1), H.264's
/// sequence parameter set (ITU-T H.264 section 7.3.2.1.1) or the dependency descriptor's structure
/// (AV1 RTP section A.8). Confined to its stream.
///
/// ```
/// SPS: header (8) | profile_idc (8) | constraints (8) | level_idc (8) | ue(id) | chroma and scaling
///      of high profiles | ue(log2_max_frame_num) | order count | ue(references) | gaps (1)
///      | ue(width in macroblocks - 1) | ue(height in map units - 1) | frames only (1) | ... | crop
/// ```
public final class PictureSizes {
  /// Not told.
  public static final int NONE = 0;

  private static final int LAYERS = DependencyStructure.MOST_LAYERS;

  /// A size is told before these many octets of a parameter set.
  private static final int LONGEST_SET = 128;

  private static final int STAP_A = 24;
  private static final int TYPE = 0x1f;
  private static final int MACROBLOCK = 16;

  /// No picture has more pixels a side (ITU-T H.264 table A-1 allows far less).
  private static final int LARGEST = 16_384;

  private final int[] widths = new int[LAYERS];
  private final int[] heights = new int[LAYERS];
  private BitReader bits;
  private byte[] set;

  /// Takes note of what a payload that begins a key frame tells.
  ///
  /// @return whether anything is other than before
  public boolean keyFrame(MediaCodec codec, byte[] octets, int at, int length) {
    return switch (codec) {
      case VP8 -> vp8(octets, at, length);
      case VP9 -> vp9(octets, at, length);
      case H264 -> h264(octets, at, length);
      default -> false;
    };
  }

  /// Takes note of a structure.
  ///
  /// @return whether anything is other than before
  public boolean structure(DependencyStructure structure) {
    boolean changed = false;
    for (int i = 0; i < structure.spatialLayers(); i++) {
      if (structure.width(i) != DependencyStructure.NONE) {
        changed |= put(i, structure.width(i), structure.height(i));
      }
    }
    return changed;
  }

  /// Pixels, or [#NONE].
  public int width(int spatialLayer) {
    return spatialLayer < LAYERS ? widths[spatialLayer] : NONE;
  }

  /// Pixels, or [#NONE].
  public int height(int spatialLayer) {
    return spatialLayer < LAYERS ? heights[spatialLayer] : NONE;
  }

  private boolean put(int layer, int width, int height) {
    boolean changed = widths[layer] != width || heights[layer] != height;
    widths[layer] = width;
    heights[layer] = height;
    return changed;
  }

  private boolean vp8(byte[] octets, int at, int length) {
    int width = Vp8Descriptor.width(octets, at, length);
    int height = Vp8Descriptor.height(octets, at, length);
    return width > 0 && height > 0 && put(0, width, height);
  }

  private boolean vp9(byte[] octets, int at, int length) {
    int structure =
        Vp9Descriptor.length(octets, at, length) > 0
            ? Vp9Descriptor.structureAt(octets, at, length)
            : Vp9Descriptor.NONE;
    if (structure < 0) {
      return false;
    }
    boolean changed = false;
    for (int i = 0; i < Vp9Structure.spatialLayers(octets, structure); i++) {
      int width = Vp9Structure.width(octets, structure, i);
      int height = Vp9Structure.height(octets, structure, i);
      if (width > 0 && height > 0) {
        changed |= put(i, width, height);
      }
    }
    return changed;
  }

  private boolean h264(byte[] octets, int at, int length) {
    if ((octets[at] & TYPE) != STAP_A) {
      return (octets[at] & TYPE) == H264Payload.SPS && parameters(octets, at, length);
    }
    int next = at + 1;
    while (next + 2 < at + length) {
      int size = Math.min(Octets.u16(octets, next), at + length - next - 2);
      if ((octets[next + 2] & TYPE) == H264Payload.SPS) {
        return parameters(octets, next + 2, size);
      }
      next += 2 + size;
    }
    return false;
  }

  private boolean parameters(byte[] octets, int at, int length) {
    if (bits == null) {
      bits = new BitReader();
      set = new byte[LONGEST_SET];
    }
    bits.open(set, 0, unescape(octets, at + 1, Math.min(length - 1, LONGEST_SET)));
    int profile = bits.number(8);
    bits.bits(16);
    bits.golomb();
    long chroma = high(profile) ? chroma() : 1;
    bits.golomb();
    if (chroma < 0 || !order()) {
      return false;
    }
    bits.golomb();
    bits.bits(1);
    long width = MACROBLOCK * (bits.golomb() + 1);
    long units = bits.golomb() + 1;
    boolean frames = bits.flag();
    if (!frames) {
      bits.bits(1);
    }
    bits.bits(1);
    return size(width, units * MACROBLOCK * (frames ? 1 : 2), frames, chroma);
  }

  private boolean size(long width, long height, boolean frames, long chroma) {
    long across = 0;
    long down = 0;
    if (bits.flag()) {
      across = (bits.golomb() + bits.golomb()) * (chroma == 1 || chroma == 2 ? 2 : 1);
      down = (bits.golomb() + bits.golomb()) * (chroma == 1 ? 2 : 1) * (frames ? 1 : 2);
    }
    boolean sound =
        !bits.overrun() && width <= LARGEST && height <= LARGEST && across < width && down < height;
    return sound && put(0, (int) (width - across), (int) (height - down));
  }

  private static boolean high(int profile) {
    return switch (profile) {
      case 100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135 -> true;
      default -> false;
    };
  }

  /// @return chroma_format_idc, or negative where there are scaling lists, which nobody in real
  ///   time sends
  private long chroma() {
    long chroma = bits.golomb();
    if (chroma == 3) {
      bits.bits(1);
    }
    bits.golomb();
    bits.golomb();
    bits.bits(1);
    return bits.flag() ? -1 : chroma;
  }

  /// The order of pictures; false for a type there is not.
  private boolean order() {
    long type = bits.golomb();
    if (type == 0) {
      bits.golomb();
    } else if (type == 1) {
      bits.bits(1);
      bits.golomb();
      bits.golomb();
      long cycle = bits.golomb();
      for (long i = 0; i < cycle && !bits.overrun(); i++) {
        bits.golomb();
      }
    }
    return type <= 2;
  }

  /// Without the octets that keep start codes away (ITU-T H.264 section 7.4.1).
  private int unescape(byte[] octets, int at, int length) {
    int zeros = 0;
    int size = 0;
    for (int i = at; i < at + length; i++) {
      if (zeros >= 2 && octets[i] == 3) {
        zeros = 0;
      } else {
        zeros = octets[i] == 0 ? zeros + 1 : 0;
        set[size++] = octets[i];
      }
    }
    return size;
  }
}
