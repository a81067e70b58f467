package dev.parley.protocol.rtp;

/// The template dependency structure of a coded video sequence (RTP Payload Format For AV1, section
/// A.8): which kinds of frames it has, and which a decode target is made of. Confined to its
/// stream.
///
/// ```
/// template_id_offset (6) | dt_cnt_minus_one (5)
/// next_layer_idc (2) ...                            a template each, until 3
/// template_dti (2) ...                              of each template, for each decode target
/// { 1 | fdiff_minus_one (4) } ... 0                 of each template
/// chain_cnt ns(targets + 1)
///   decode_target_protected_by ns(chains) ...       of each decode target
///   template_chain_fdiff (4) ...                    of each template, for each chain
/// resolutions_present_flag (1)
///   max_render_width_minus_1 (16) | max_render_height_minus_1 (16) ...    of each spatial layer
/// ```
///
/// A *decode target* is a spatial layer at a temporal layer with all they need, as which we name
/// it. Its memory is taken once and used for each structure that comes.
public final class DependencyStructure {
  /// No such template, target or size.
  public static final int NONE = -1;

  /// Decode targets there may be.
  public static final int MOST_TARGETS = 32;

  /// Spatial and temporal layers there may be: AV1 has 4 and 8 (AV1 section 6.7.5).
  public static final int MOST_LAYERS = 8;

  static final int MOST_TEMPLATES = 64;
  static final int MOST_REFERENCES = 8;

  private static final int SAME_LAYER = 0;
  private static final int NEXT_TEMPORAL = 1;
  private static final int NEXT_SPATIAL = 2;
  private static final int NO_MORE = 3;

  private final byte[] spatial = new byte[MOST_TEMPLATES];
  private final byte[] temporal = new byte[MOST_TEMPLATES];
  private final long[] indications = new long[MOST_TEMPLATES];
  private final byte[] references = new byte[MOST_TEMPLATES];
  private final byte[] differences = new byte[MOST_TEMPLATES * MOST_REFERENCES];
  private final byte[] chainDifferences = new byte[MOST_TEMPLATES * MOST_TARGETS];
  private final byte[] protectedBy = new byte[MOST_TARGETS];
  private final byte[] targetSpatial = new byte[MOST_TARGETS];
  private final byte[] targetTemporal = new byte[MOST_TARGETS];
  private final int[] widths = new int[MOST_LAYERS];
  private final int[] heights = new int[MOST_LAYERS];
  private int offset;
  private int templates;
  private int targets;
  private int chains;
  private boolean sized;

  /// Reads one, or says false: then what stands here is of no use.
  boolean read(BitReader bits) {
    offset = bits.number(6);
    targets = bits.number(5) + 1;
    if (!layers(bits)) {
      return false;
    }
    for (int template = 0; template < templates; template++) {
      indications[template] = indications(bits, targets);
    }
    if (!references(bits)) {
      return false;
    }
    chains(bits);
    sized = bits.flag();
    for (int layer = 0; sized && layer < spatialLayers(); layer++) {
      widths[layer] = bits.number(16) + 1;
      heights[layer] = bits.number(16) + 1;
    }
    nameTargets();
    return !bits.overrun();
  }

  /// Two bits of each target, the first target lowest.
  static long indications(BitReader bits, int targets) {
    long all = 0;
    for (int target = 0; target < targets; target++) {
      all |= bits.bits(2) << 2 * target;
    }
    return all;
  }

  private boolean layers(BitReader bits) {
    templates = 0;
    int sid = 0;
    int tid = 0;
    int next = SAME_LAYER;
    while (next != NO_MORE) {
      if (templates == MOST_TEMPLATES || sid == MOST_LAYERS || tid == MOST_LAYERS) {
        return false;
      }
      spatial[templates] = (byte) sid;
      temporal[templates] = (byte) tid;
      templates++;
      next = bits.overrun() ? NO_MORE : bits.number(2);
      sid += next == NEXT_SPATIAL ? 1 : 0;
      tid = next == NEXT_SPATIAL ? 0 : next == NEXT_TEMPORAL ? tid + 1 : tid;
    }
    return !bits.overrun();
  }

  private boolean references(BitReader bits) {
    for (int template = 0; template < templates; template++) {
      int count = 0;
      while (bits.flag()) {
        if (count == MOST_REFERENCES) {
          return false;
        }
        differences[template * MOST_REFERENCES + count++] = (byte) (bits.number(4) + 1);
      }
      references[template] = (byte) count;
    }
    return true;
  }

  private void chains(BitReader bits) {
    chains = bits.below(targets + 1);
    for (int target = 0; chains > 0 && target < targets; target++) {
      protectedBy[target] = (byte) bits.below(chains);
    }
    for (int template = 0; template < templates; template++) {
      for (int chain = 0; chain < chains; chain++) {
        chainDifferences[template * MOST_TARGETS + chain] = (byte) bits.number(4);
      }
    }
  }

  private void nameTargets() {
    for (int target = 0; target < targets; target++) {
      targetSpatial[target] = 0;
      targetTemporal[target] = 0;
      for (int template = 0; template < templates; template++) {
        if (DependencyDescriptor.indication(indications[template], target) != 0) {
          targetSpatial[target] = max(targetSpatial[target], spatial[template]);
          targetTemporal[target] = max(targetTemporal[target], temporal[template]);
        }
      }
    }
  }

  private static byte max(byte one, byte other) {
    return one > other ? one : other;
  }

  /// The template of an id, or [#NONE].
  int template(int id) {
    int template = id + MOST_TEMPLATES - offset & MOST_TEMPLATES - 1;
    return template < templates ? template : NONE;
  }

  /// The id of the first template, 0 to 63.
  public int offset() {
    return offset;
  }

  public int templates() {
    return templates;
  }

  /// Decode targets, 1 to 32.
  public int targets() {
    return targets;
  }

  /// Chains, 0 to 32; what a chain names must arrive for its targets to go on.
  public int chains() {
    return chains;
  }

  /// The highest spatial layer and one.
  public int spatialLayers() {
    return templates == 0 ? 0 : spatial[templates - 1] + 1;
  }

  public int spatialLayer(int template) {
    return spatial[template];
  }

  public int temporalLayer(int template) {
    return temporal[template];
  }

  /// What frames of a template are to each target: [DependencyDescriptor#indication] takes it
  /// apart.
  public long indications(int template) {
    return indications[template];
  }

  /// How many frames a frame of a template refers to.
  public int references(int template) {
    return references[template];
  }

  /// How many frames before it such a frame is, 1 to 16.
  public int difference(int template, int reference) {
    return differences[template * MOST_REFERENCES + reference];
  }

  /// How many frames before it the chain's last one is, 0 to 15; 0 for none.
  public int chainDifference(int template, int chain) {
    return chainDifferences[template * MOST_TARGETS + chain];
  }

  /// The chain that protects a target, or [#NONE].
  public int protectedBy(int target) {
    return chains == 0 ? NONE : protectedBy[target];
  }

  /// The highest spatial layer of a target.
  public int targetSpatial(int target) {
    return targetSpatial[target];
  }

  /// The highest temporal layer of a target.
  public int targetTemporal(int target) {
    return targetTemporal[target];
  }

  /// The best target of at most these layers, the spatial one counting first; or [#NONE].
  public int target(int spatialLayer, int temporalLayer) {
    int best = NONE;
    for (int target = 0; target < targets; target++) {
      if (targetSpatial[target] <= spatialLayer
          && targetTemporal[target] <= temporalLayer
          && (best == NONE || rank(target) > rank(best))) {
        best = target;
      }
    }
    return best;
  }

  private int rank(int target) {
    return targetSpatial[target] * MOST_LAYERS + targetTemporal[target];
  }

  /// Whether a target has every frame that another has, so that one may come down to that other at
  /// any frame.
  public boolean includes(int target, int other) {
    for (int template = 0; template < templates; template++) {
      if (DependencyDescriptor.indication(indications[template], other) != 0
          && DependencyDescriptor.indication(indications[template], target) == 0) {
        return false;
      }
    }
    return true;
  }

  /// The targets that a target includes, itself among them, as a bit each.
  public int includedBy(int target) {
    int mask = 0;
    for (int other = 0; other < targets; other++) {
      mask |= includes(target, other) ? 1 << other : 0;
    }
    return mask;
  }

  /// Pixels of a spatial layer's width, 1 to 65536, or [#NONE] where it is not told.
  public int width(int spatialLayer) {
    return sized && spatialLayer < spatialLayers() ? widths[spatialLayer] : NONE;
  }

  /// Pixels of a spatial layer's height, or [#NONE].
  public int height(int spatialLayer) {
    return sized && spatialLayer < spatialLayers() ? heights[spatialLayer] : NONE;
  }
}
