package dev.parley.engine.sfu;

import dev.parley.protocol.rtp.DependencyDescriptor;
import dev.parley.protocol.rtp.DependencyStructure;
import dev.parley.protocol.rtp.FrameFacts;
import dev.parley.protocol.rtp.HeaderExtensions;
import dev.parley.protocol.rtp.MediaCodec;
import dev.parley.protocol.rtp.PictureSizes;
import dev.parley.protocol.rtp.Vp8Descriptor;
import dev.parley.protocol.rtp.Vp9Descriptor;
import dev.parley.wire.Octets;

/// What the packets in the ring of one video [Layer] say of their pictures, read once for all
/// subscriptions, by slot. Confined to the loop of the room.
final class PacketFacts {
  /// A packet says nothing of the kind.
  static final int NONE = Rewriter.NONE;

  private static final int SHORTEST_DESCRIPTOR = 3;

  private final PacketRing ring;
  private final int[] facts;
  private final int[] pictures;
  private final int[] tl0s;
  private final PictureSizes sizes = new PictureSizes();
  // Of streams with dependency descriptors only.
  private int[] frames;
  private long[] indications;
  private DependencyDescriptor descriptor;
  private int structures;
  private long structuredBy = NONE;
  private boolean resized;

  PacketFacts(PacketRing ring) {
    this.ring = ring;
    facts = new int[ring.capacity()];
    pictures = new int[ring.capacity()];
    tl0s = new int[ring.capacity()];
  }

  /// Reads a packet; hot.
  ///
  /// @param codec of its payload, or null
  /// @param descriptorId the id of dependency descriptors, or 0
  void look(int slot, MediaCodec codec, int descriptorId) {
    byte[] octets = ring.octets(slot);
    int at = ring.payloadAt(slot);
    int length = ring.payloadLength(slot);
    pictures[slot] = NONE;
    tl0s[slot] = NONE;
    facts[slot] = codec == null || length == 0 ? 0 : FrameFacts.of(codec, octets, at, length);
    if (codec == MediaCodec.VP8 && Vp8Descriptor.length(octets, at, length) > 0) {
      pictures[slot] = Vp8Descriptor.pictureId(octets, at);
      tl0s[slot] = Vp8Descriptor.tl0PicIdx(octets, at);
    } else if (codec == MediaCodec.VP9 && Vp9Descriptor.length(octets, at, length) > 0) {
      pictures[slot] = Vp9Descriptor.pictureId(octets, at);
      tl0s[slot] = Vp9Descriptor.tl0PicIdx(octets, at);
    }
    if (descriptorId != 0) {
      describe(slot, codec, descriptorId);
    }
  }

  private void describe(int slot, MediaCodec codec, int id) {
    byte[] octets = ring.octets(slot);
    int at = ring.at(slot);
    int value = HeaderExtensions.find(octets, at, ring.headerLength(slot), id);
    int length = value == HeaderExtensions.NONE ? 0 : HeaderExtensions.length(octets, at, value);
    if (length < SHORTEST_DESCRIPTOR) {
      if (frames != null) {
        frames[slot] = NONE;
      }
      return;
    }
    if (frames == null) {
      frames = new int[ring.capacity()];
      indications = new long[ring.capacity()];
      descriptor = new DependencyDescriptor();
    }
    frames[slot] = Octets.u16(octets, value + 1);
    if (codec != MediaCodec.VP8 && codec != MediaCodec.VP9) {
      read(slot, octets, value, length);
    }
  }

  private void read(int slot, byte[] octets, int value, int length) {
    if (descriptor.read(octets, value, length) == DependencyDescriptor.READ) {
      facts[slot] = FrameFacts.of(descriptor);
      indications[slot] = descriptor.indications();
      if (descriptor.structureAttached()) {
        structures++;
        structuredBy = ring.sequence(slot);
        resized |= sizes.structure(descriptor.structure());
      }
    }
  }

  /// The packet in a slot begins a key frame, which may tell how large pictures are.
  void keyFrame(int slot, MediaCodec codec) {
    byte[] octets = ring.octets(slot);
    resized |= sizes.keyFrame(codec, octets, ring.payloadAt(slot), ring.payloadLength(slot));
  }

  /// Whether sizes have changed; asked once.
  boolean resized() {
    boolean was = resized;
    resized = false;
    return was;
  }

  /// The bit field of [FrameFacts].
  int facts(int slot) {
    return facts[slot];
  }

  /// The picture id, or [#NONE].
  int picture(int slot) {
    return pictures[slot];
  }

  /// TL0PICIDX, or [#NONE].
  int tl0(int slot) {
    return tl0s[slot];
  }

  /// The frame number of a dependency descriptor, or [#NONE].
  int frame(int slot) {
    return frames == null ? NONE : frames[slot];
  }

  /// What a frame that is [FrameFacts#DESCRIBED] is to each decode target.
  long indications(int slot) {
    return indications[slot];
  }

  PictureSizes sizes() {
    return sizes;
  }

  /// What decode targets there are, or null.
  DependencyStructure structure() {
    return descriptor == null ? null : descriptor.structure();
  }

  /// How many structures have come: another number is another structure.
  int structures() {
    return structures;
  }

  /// Whether this packet has brought the structure, with a key frame: another one comes behind it.
  boolean structured(int slot) {
    return ring.sequence(slot) == structuredBy;
  }

  /// The targets that the publisher sends by now.
  int activeTargets() {
    return descriptor == null ? 0 : descriptor.activeTargets();
  }
}
