package dev.parley.engine.sfu;

import dev.parley.media.SfuEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Which encodings of a video track anybody has use for, so that its publisher sends no others.
/// Confined to the loop of the room.
///
/// More is told at once, less only after it has been so for a while: people come back, and a new
/// track has no subscribers yet. What a grant leaves out counts as in use, since it is what the
/// receiver gets as soon as there is room.
final class LayersInUse {
  static final long PAUSE = Duration.ofSeconds(5).toNanos();

  /// Of what another branch carries here, which is cheap: its publisher's branch pauses as above.
  static final long CARRIED_PAUSE = Duration.ofSeconds(1).toNanos();

  private final String room;
  private final PublishedTrack track;
  private List<String> rids = List.of();
  private int told;
  private boolean less;
  private long lessSince;

  LayersInUse(String room, PublishedTrack track) {
    this.room = room;
    this.track = track;
    republished();
  }

  /// The client goes on with other encodings: all of them, as far as it knows.
  void republished() {
    rids = track.publication().section().rids();
    // Nothing is carried that nobody has asked for; a publisher sends until it is told.
    told = track.carried() ? 0 : all();
    less = false;
  }

  /// Bits of all there may be.
  int all() {
    return rids.isEmpty() ? 1 : (1 << rids.size()) - 1;
  }

  /// The bits of layers in the order of their quality as bits of rids; what was never heard is not
  /// known to be of no use.
  int ofLayers(int needed, List<Layer> layers) {
    if (rids.isEmpty()) {
      return needed == 0 ? 0 : 1;
    }
    int bits = all();
    for (int i = 0; i < layers.size(); i++) {
      int rid = rids.indexOf(layers.get(i).rid());
      if (rid >= 0 && (needed & 1 << i) == 0) {
        bits &= ~(1 << rid);
      }
    }
    return bits;
  }

  /// Names of rids as bits; what is not named is all there is.
  int ofRids(List<String> names) {
    if (rids.isEmpty() || names.isEmpty()) {
      return all();
    }
    int bits = 0;
    for (int i = 0; i < rids.size(); i++) {
      bits |= names.contains(rids.get(i)) ? 1 << i : 0;
    }
    return bits;
  }

  /// What is in use by now.
  ///
  /// @return what is to be told, or null
  SfuEvent.LayersWanted wanted(int now, long at) {
    int more = told | now;
    if (more != told) {
      told = more;
      less = now != more;
      lessSince = at;
      return news();
    }
    if (now == told) {
      less = false;
      return null;
    }
    if (!less) {
      less = true;
      lessSince = at;
    }
    if (at - lessSince < (track.carried() ? CARRIED_PAUSE : PAUSE)) {
      return null;
    }
    told = now;
    less = false;
    return news();
  }

  /// Whether less is in use than was told.
  boolean pending() {
    return less;
  }

  private SfuEvent.LayersWanted news() {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < rids.size(); i++) {
      if ((told & 1 << i) != 0) {
        names.add(rids.get(i));
      }
    }
    String mid = track.publication().mid();
    return new SfuEvent.LayersWanted(
        room, track.publisher().id(), track.id(), mid, names, told != 0);
  }
}
