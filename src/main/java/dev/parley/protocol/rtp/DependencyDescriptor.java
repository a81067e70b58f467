package dev.parley.protocol.rtp;

/// Reads the dependency descriptors of one RtpStream (RTP Payload Format For AV1, appendix A): what
/// each frame is to each decode target, whatever the codec and even where payloads are encrypted.
/// Confined to its stream; the last structure that came is kept for the descriptors behind it.
///
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |S|E|template id|         frame number          |T|A|D|F|C| structure if T,
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// mask of active targets if A, indications if D, references if F, chains if C; from T on only in
/// descriptors of more than three octets
/// ```
public final class DependencyDescriptor {
  /// The descriptor was read.
  public static final int READ = 0;

  /// It is not well formed.
  public static final int MALFORMED = RtpPacket.MALFORMED;

  /// There was no structure yet.
  public static final int NO_STRUCTURE = -2;

  /// The structure does not have its template: most likely that one is lost, or this one is late.
  public static final int UNKNOWN_TEMPLATE = -3;

  /// No payload of the target.
  public static final int NOT_PRESENT = 0;

  /// The target has it, no other frame of the target refers to it.
  public static final int DISCARDABLE = 1;

  /// Who decodes this frame can decode all of the target that comes behind it.
  public static final int SWITCH = 2;

  /// The target needs it, but cannot be begun with it.
  public static final int REQUIRED = 3;

  static final int MANDATORY = 3;
  static final int START = 0x80;
  static final int END = 0x40;
  static final int TEMPLATE = 0x3f;

  private final BitReader bits = new BitReader();
  private final int[] differences = new int[DependencyStructure.MOST_REFERENCES];
  private final int[] chains = new int[DependencyStructure.MOST_TARGETS];
  private DependencyStructure structure;
  private DependencyStructure spare = new DependencyStructure();
  private boolean start;
  private boolean end;
  private boolean attached;
  private int frameNumber;
  private int template;
  private long indications;
  private int references;
  private int active;
  private boolean customReferences;
  private boolean customChains;

  /// Reads one where it lies. What it says stands until the next; after a refusal the structure is
  /// what it was, the rest is void.
  ///
  /// @param value index of its first octet
  /// @return [#READ], or [#MALFORMED], [#NO_STRUCTURE] or [#UNKNOWN_TEMPLATE]
  public int read(byte[] octets, int value, int length) {
    if (length < MANDATORY) {
      return MALFORMED;
    }
    bits.open(octets, value, length);
    start = bits.flag();
    end = bits.flag();
    int id = bits.number(6);
    frameNumber = bits.number(16);
    attached = length > MANDATORY && bits.flag();
    boolean told = length > MANDATORY && bits.flag();
    int custom = length > MANDATORY ? bits.number(3) : 0;
    if (attached && !spare.read(bits)) {
      return MALFORMED;
    }
    DependencyStructure by = attached ? spare : structure;
    if (by == null) {
      return NO_STRUCTURE;
    }
    int mask = told ? (int) bits.bits(by.targets()) : attached ? all(by) : active;
    int known = by.template(id);
    if (known == DependencyStructure.NONE) {
      return UNKNOWN_TEMPLATE;
    }
    if (!frame(by, known, custom) || bits.overrun()) {
      return MALFORMED;
    }
    template = known;
    active = mask;
    adopt();
    return READ;
  }

  /// All targets of a structure as a mask.
  static int all(DependencyStructure of) {
    return (int) ((1L << of.targets()) - 1);
  }

  private void adopt() {
    if (attached) {
      DependencyStructure before = structure;
      structure = spare;
      spare = before == null ? new DependencyStructure() : before;
    }
  }

  private boolean frame(DependencyStructure by, int known, int custom) {
    indications =
        (custom & 4) != 0
            ? DependencyStructure.indications(bits, by.targets())
            : by.indications(known);
    customReferences = (custom & 2) != 0;
    customChains = (custom & 1) != 0;
    if (!customReferences) {
      references = by.references(known);
    } else if (!readReferences()) {
      return false;
    }
    for (int chain = 0; customChains && chain < by.chains(); chain++) {
      chains[chain] = bits.number(8);
    }
    return true;
  }

  private boolean readReferences() {
    references = 0;
    for (int size = bits.number(2); size != 0; size = bits.number(2)) {
      if (references == DependencyStructure.MOST_REFERENCES) {
        return false;
      }
      differences[references++] = bits.number(4 * size) + 1;
    }
    return true;
  }

  /// What a frame is to a target: [#NOT_PRESENT], [#DISCARDABLE], [#SWITCH] or [#REQUIRED].
  public static int indication(long indications, int target) {
    return (int) (indications >>> 2 * target) & 3;
  }

  /// Whether the packet begins a frame.
  public boolean startsFrame() {
    return start;
  }

  /// Whether the packet ends a frame; another spatial layer's of the same picture may follow.
  public boolean endsFrame() {
    return end;
  }

  /// The running number of frames in decoding order, 0 to 65535.
  public int frameNumber() {
    return frameNumber;
  }

  /// Whether the structure came with this descriptor.
  public boolean structureAttached() {
    return attached;
  }

  /// The structure by which descriptors are read, or null before the first.
  public DependencyStructure structure() {
    return structure;
  }

  public int spatialLayer() {
    return structure.spatialLayer(template);
  }

  public int temporalLayer() {
    return structure.temporalLayer(template);
  }

  /// What the frame is to all targets; see [#indication].
  public long indications() {
    return indications;
  }

  /// How many frames it refers to.
  public int references() {
    return references;
  }

  /// How many frames before this one a frame is that it refers to, 1 to 4096.
  public int difference(int reference) {
    return customReferences ? differences[reference] : structure.difference(template, reference);
  }

  /// How many frames before this one the last of a chain is, 0 to 255; 0 where none is needed.
  public int chainDifference(int chain) {
    return customChains ? chains[chain] : structure.chainDifference(template, chain);
  }

  /// The targets that are being sent by now, as a bit each.
  public int activeTargets() {
    return active;
  }
}
