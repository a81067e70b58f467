package dev.parley.engine.sfu;

import dev.parley.protocol.rtp.DependencyDescriptor;
import dev.parley.protocol.rtp.DependencyStructure;
import dev.parley.protocol.rtp.FrameFacts;

/// Which frames of a scalable stream one receiver gets: those up to a spatial and a temporal layer,
/// or those of one decode target. Confined to the loop of its subscription.
///
/// Changes happen where a receiver can follow them, and only between pictures: down with the next
/// one, as nothing below refers to what is above; up where the stream says that layers may be
/// joined (VP8's Y, VP9's U, a picture without references, a decode target's switch indication), at
/// a key frame in any case. A packet that is late is judged by what held when its picture came.
final class Gate {
  /// All layers there are.
  static final int ALL = 7;

  private static final int NONE = DependencyStructure.NONE;

  private int wantedSpatial = ALL;
  private int wantedTemporal = ALL;
  private int spatial = ALL;
  private int temporal = ALL;
  private boolean up;
  private boolean any;
  private final GateHistory history = new GateHistory();
  private long newest;
  private int timestamp;
  private int wantedTarget = NONE;
  private int target = NONE;
  private int structures = NONE;
  private boolean masked;
  private int mask;

  /// What the receiver is to get from the next chance on.
  ///
  /// @return whether that takes a key frame for all that is known
  boolean want(int spatialLayer, int temporalLayer, PacketFacts of) {
    if (spatialLayer == wantedSpatial && temporalLayer == wantedTemporal) {
      return false;
    }
    wantedSpatial = spatialLayer;
    wantedTemporal = temporalLayer;
    if (target == NONE) {
      return spatialLayer > spatial;
    }
    DependencyStructure structure = of.structure();
    wantedTarget = structure.target(spatialLayer, temporalLayer);
    return wantedTarget != NONE
        && structure.targetSpatial(wantedTarget) != structure.targetSpatial(target)
        && !structure.includes(target, wantedTarget);
  }

  /// Whether a packet belongs before others that were judged.
  boolean late(PacketRing ring, int slot) {
    return any && ring.sequence(slot) < newest;
  }

  /// Whether there is more in the stream, and wanted, than the receiver has been let up to.
  boolean waits(PacketFacts of) {
    if (target == NONE) {
      return wantedSpatial > spatial;
    }
    int best = of.structure().target(wantedSpatial, wantedTemporal);
    return best != NONE && of.structure().targetSpatial(best) > spatial;
  }

  /// A key frame, or what is taken for one, is sent: all that is wanted can follow.
  void begin(PacketRing ring, PacketFacts of, int slot, int spatialLayer, int temporalLayer) {
    wantedSpatial = spatialLayer;
    wantedTemporal = temporalLayer;
    spatial = spatialLayer;
    temporal = temporalLayer;
    up = false;
    any = true;
    newest = ring.sequence(slot);
    timestamp = ring.timestamp(slot);
    target = NONE;
    masked = false;
    structures = NONE;
    if (FrameFacts.has(of.facts(slot), FrameFacts.DESCRIBED)) {
      restructure(of);
    }
    history.begin(newest, timestamp, spatial, temporal, target);
  }

  /// Whether a packet is let through; hot.
  boolean passes(PacketRing ring, PacketFacts of, int slot) {
    int facts = of.facts(slot);
    if (!FrameFacts.has(facts, FrameFacts.LAYERED)) {
      return true;
    }
    long sequence = ring.sequence(slot);
    if (any && sequence <= newest) {
      return passed(ring, of, slot);
    }
    newest = sequence;
    boolean turn = !any || ring.timestamp(slot) != timestamp;
    timestamp = ring.timestamp(slot);
    any = true;
    if (FrameFacts.has(facts, FrameFacts.DESCRIBED)) {
      retargeted(of, slot, turn);
    } else {
      if (turn) {
        turn(facts);
      }
      follow(facts);
    }
    history.note(sequence, timestamp, spatial, temporal, target);
    return passed(facts, of, slot, spatial, temporal, target);
  }

  /// Whether a packet that is not the newest was let through, or would have been.
  boolean passed(PacketRing ring, PacketFacts of, int slot) {
    int facts = of.facts(slot);
    if (!FrameFacts.has(facts, FrameFacts.LAYERED)) {
      return true;
    }
    int then = history.at(ring.sequence(slot), ring.timestamp(slot));
    return passed(
        facts, of, slot, history.spatial(then), history.temporal(then), history.target(then));
  }

  private static boolean passed(
      int facts, PacketFacts of, int slot, int spatial, int temporal, int target) {
    if (FrameFacts.has(facts, FrameFacts.DESCRIBED)) {
      return target == NONE
          || DependencyDescriptor.indication(of.indications(slot), target)
              != DependencyDescriptor.NOT_PRESENT;
    }
    return FrameFacts.spatialLayer(facts) <= spatial && FrameFacts.temporalLayer(facts) <= temporal;
  }

  /// A picture begins.
  private void turn(int facts) {
    spatial = Math.min(spatial, wantedSpatial);
    temporal = up ? wantedTemporal : Math.min(temporal, wantedTemporal);
    up = false;
    int layer = FrameFacts.temporalLayer(facts);
    if (FrameFacts.has(facts, FrameFacts.JOIN)
        && layer == temporal + 1
        && layer <= wantedTemporal) {
      temporal = layer;
    }
  }

  /// What the frame at hand allows.
  private void follow(int facts) {
    if (FrameFacts.has(facts, FrameFacts.KEY)) {
      spatial = wantedSpatial;
      temporal = wantedTemporal;
      return;
    }
    int above = FrameFacts.spatialLayer(facts);
    if (FrameFacts.has(facts, FrameFacts.INTRA)
        && above == spatial + 1
        && above <= wantedSpatial
        && FrameFacts.temporalLayer(facts) == 0) {
      spatial = above;
    }
    up |=
        FrameFacts.has(facts, FrameFacts.UP)
            && above <= spatial
            && FrameFacts.temporalLayer(facts) <= temporal;
  }

  private void retargeted(PacketFacts of, int slot, boolean turn) {
    if (structures != of.structures()) {
      if (structures == NONE || of.structured(slot)) {
        restructure(of);
        return;
      }
      rename(of);
    }
    if (turn && target != wantedTarget) {
      approach(of, of.indications(slot));
    }
  }

  /// A coded video sequence begins, with a key frame.
  private void restructure(PacketFacts of) {
    structures = of.structures();
    wantedTarget = of.structure().target(wantedSpatial, wantedTemporal);
    masked = false;
    retarget(of, wantedTarget);
  }

  /// A structure has come, but the packet that brought it was late: the key frame lies behind, sent
  /// as far as it was wanted then, so nothing may be joined here.
  private void rename(PacketFacts of) {
    structures = of.structures();
    wantedTarget = of.structure().target(wantedSpatial, wantedTemporal);
    if (target != NONE) {
      retarget(of, of.structure().target(spatial, temporal));
    }
  }

  /// To the target that is wanted, or to its frame rate at least.
  private void approach(PacketFacts of, long indications) {
    DependencyStructure structure = of.structure();
    if (reaches(structure, indications, wantedTarget)) {
      retarget(of, wantedTarget);
      return;
    }
    int between =
        structure.target(Math.min(structure.targetSpatial(target), wantedSpatial), wantedTemporal);
    if (between != NONE && between != target && reaches(structure, indications, between)) {
      retarget(of, between);
    }
  }

  /// Down to what it has anyway; else where the frame at hand, which the receiver can decode, lets
  /// it be switched to.
  private boolean reaches(DependencyStructure structure, long indications, int other) {
    return other != NONE
        && (structure.includes(target, other)
            || DependencyDescriptor.indication(indications, target)
                    != DependencyDescriptor.NOT_PRESENT
                && DependencyDescriptor.indication(indications, other)
                    == DependencyDescriptor.SWITCH);
  }

  private void retarget(PacketFacts of, int to) {
    target = to;
    if (to == NONE) {
      return;
    }
    DependencyStructure structure = of.structure();
    spatial = structure.targetSpatial(to);
    temporal = structure.targetTemporal(to);
    mask = structure.includedBy(to) & of.activeTargets();
    masked |= mask != of.activeTargets();
  }

  /// Whether a frame's last packet is the picture's last one for this receiver; its own marker bit
  /// counts besides.
  boolean ends(int facts) {
    return FrameFacts.has(facts, FrameFacts.LAYERED | FrameFacts.END)
        && FrameFacts.spatialLayer(facts) == spatial;
  }

  /// Decode targets of the stream, where the receiver is to be told which it gets; else 0.
  int targets(PacketFacts of) {
    return masked ? of.structure().targets() : 0;
  }

  /// The targets it gets, as a bit each.
  int mask() {
    return mask;
  }
}
