package dev.parley.engine.sfu;

import java.util.ArrayList;
import java.util.List;

/// The [Leg]s of a [PublishedTrack]: none in most rooms, one for each other branch that has use for
/// the track in a large one. Confined to the loop.
public final class Legs {
  private final SfuKit kit;
  private final PublishedTrack track;
  private final List<Leg> legs = new ArrayList<>(0);

  Legs(SfuKit kit, PublishedTrack track) {
    this.kit = kit;
    this.track = track;
  }

  public void add(Leg leg) {
    legs.add(leg);
    changed();
  }

  public void remove(Leg leg) {
    legs.remove(leg);
    changed();
  }

  /// What a leg wants is other than before.
  public void changed() {
    track.use(kit.now());
  }

  boolean isEmpty() {
    return legs.isEmpty();
  }

  /// Hot.
  void forward(Layer layer, int slot, boolean begins, long now) {
    for (int i = 0; i < legs.size(); i++) {
      legs.get(i).forward(layer, slot, begins, now);
    }
  }

  void reported(Layer layer, long now) {
    legs.forEach(leg -> leg.reported(layer, now));
  }

  void ended(Layer layer) {
    legs.forEach(leg -> leg.ended(layer));
  }

  /// The encodings they want, as bits.
  int wanted(LayersInUse in) {
    int bits = 0;
    for (Leg leg : legs) {
      bits |= in.ofRids(leg.wanted());
    }
    return bits;
  }
}
