package dev.parley.protocol.rtp;

/// What a forwarder has to know of a packet's frame to leave layers out: which ones it is of and
/// whether a receiver may come up with it. A bit field, so that it is read once for all receivers.
///
/// ```
///   0 1 2 3 4 5 6 7 8 9 ...                  (bit 0 is the lowest)
///  +-----+-----+-+-+-+-+-+-+-+-+
///  | TID | SID |S|E|J|U|K|I|L|D|
///  +-----+-----+-+-+-+-+-+-+-+-+
/// ```
///
/// From where: VP8's TID and Y (RFC 7741 section 4.2), VP9's TID, SID, U, P, D, B and E (RFC 9628
/// section 4.2), H.265's TemporalId and unit types (RFC 7798 section 1.1.4), H.264's nal_ref_idc,
/// where a slice that nothing refers to makes a layer above all others (RFC 6184 section 1.3); for
/// AV1, and for H.264 and H.265 where it is there, from the [DependencyDescriptor].
public final class FrameFacts {
  /// Nothing is known: the packet belongs to all layers there are.
  public static final int NONE = 0;

  /// The packet begins a layer frame.
  public static final int START = 0x40;

  /// The packet ends a layer frame.
  public static final int END = 0x80;

  /// The frame's own temporal layer may be joined with it: it refers to lower ones alone.
  public static final int JOIN = 0x100;

  /// All higher temporal layers may be joined behind the frame.
  public static final int UP = 0x200;

  /// A key frame's lowest spatial layer: with it any layer may be joined.
  public static final int KEY = 0x400;

  /// The frame refers to nothing before its own picture: its spatial layer may be joined with it.
  public static final int INTRA = 0x800;

  /// The layers are told; else they are the lowest for want of better.
  public static final int LAYERED = 0x1000;

  /// A dependency descriptor tells; what may be joined stands in its indications.
  public static final int DESCRIBED = 0x2000;

  private static final int MOST = 7;
  private static final int NRI = 0x60;
  private static final int NAL_TYPE = 0x1f;
  private static final int FU_A = 28;
  private static final int SLICE = 1;

  /// H.265: slices of TSA pictures, behind which all higher layers may be joined (RFC 7798 section
  /// 1.1.4, ITU-T H.265 section 7.4.2.2), and of STSA, with which their own may.
  private static final int TSA_N = 2;

  private static final int STSA_N = 4;
  private static final int STSA_R = 5;

  private FrameFacts() {}

  /// The facts of a packet with a payload.
  public static int of(MediaCodec codec, byte[] octets, int at, int length) {
    return switch (codec) {
      case VP8 -> vp8(octets, at, length);
      case VP9 -> vp9(octets, at, length);
      case H264 -> h264(octets, at, length);
      case H265 -> h265(octets, at, length);
      default -> NONE;
    };
  }

  /// The facts a dependency descriptor tells; switches are by decode targets ([#JOIN] and the rest
  /// are not told).
  public static int of(DependencyDescriptor descriptor) {
    return LAYERED
        | DESCRIBED
        | layers(descriptor.spatialLayer(), descriptor.temporalLayer())
        | (descriptor.startsFrame() ? START : 0)
        | (descriptor.endsFrame() ? END : 0);
  }

  /// 0 to 7.
  public static int temporalLayer(int facts) {
    return facts & MOST;
  }

  /// 0 to 7.
  public static int spatialLayer(int facts) {
    return facts >> 3 & MOST;
  }

  /// Whether all of some bits are set.
  public static boolean has(int facts, int bits) {
    return (facts & bits) == bits;
  }

  /// Layers as they stand in the field.
  public static int layers(int spatial, int temporal) {
    return Math.min(spatial, MOST) << 3 | Math.min(temporal, MOST);
  }

  private static int vp8(byte[] octets, int at, int length) {
    int descriptor = Vp8Descriptor.length(octets, at, length);
    if (descriptor <= 0) {
      return NONE;
    }
    int facts = Vp8Descriptor.startsFrame(octets, at) ? START : 0;
    if (Vp8Descriptor.keyFrame(octets, at, length)) {
      facts |= KEY;
    }
    int temporal = Vp8Descriptor.temporalLayer(octets, at);
    if (temporal == Vp8Descriptor.NONE) {
      return facts;
    }
    return facts | LAYERED | temporal | (Vp8Descriptor.layerSync(octets, at) ? JOIN : 0);
  }

  private static int vp9(byte[] octets, int at, int length) {
    if (Vp9Descriptor.length(octets, at, length) <= 0) {
      return NONE;
    }
    int facts =
        (Vp9Descriptor.startsFrame(octets, at) ? START : 0)
            | (Vp9Descriptor.endsFrame(octets, at) ? END : 0)
            | (Vp9Descriptor.interPredicted(octets, at) ? 0 : INTRA);
    int spatial = Vp9Descriptor.spatialLayer(octets, at);
    if (spatial <= 0 && (facts & INTRA) != 0) {
      facts |= KEY;
    }
    return spatial == Vp9Descriptor.NONE
        ? facts
        : facts
            | LAYERED
            | layers(spatial, Vp9Descriptor.temporalLayer(octets, at))
            | (Vp9Descriptor.switchingUpPoint(octets, at) ? UP : 0);
  }

  private static int h264(byte[] octets, int at, int length) {
    if (H264Payload.keyFrame(octets, at, length)) {
      return KEY | START;
    }
    if (length < 2) {
      return NONE;
    }
    int type = octets[at] & NAL_TYPE;
    int slice = type == FU_A ? octets[at + 1] & NAL_TYPE : type;
    return slice == SLICE && (octets[at] & NRI) == 0 ? LAYERED | JOIN | 1 : NONE;
  }

  private static int h265(byte[] octets, int at, int length) {
    long units = H265Payload.units(octets, at, length);
    if (units < 0) {
      return NONE;
    }
    int temporal = Math.max(0, H265Payload.temporalLayer(octets, at));
    int key = H265Payload.keyFrame(octets, at, length) ? KEY | START : 0;
    boolean join = (units & (3L << TSA_N | 1L << STSA_N | 1L << STSA_R)) != 0;
    return LAYERED | key | temporal | (join ? JOIN : 0);
  }
}
