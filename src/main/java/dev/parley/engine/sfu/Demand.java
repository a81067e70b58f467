package dev.parley.engine.sfu;

import dev.parley.engine.congestion.Claim;
import dev.parley.media.Preference;
import java.util.List;

/// What one [Subscription] has use for of its video track, and what it has been granted of that.
/// Confined to the loop of the room.
///
/// As long as nobody has granted anything, it may have all it has use for. A grant stands until
/// another comes: where its rung is not there by now, it means the next one below.
final class Demand implements Claim {
  private static final int SCREEN = 0;
  private static final int URGENT = 1;
  private static final int SPEAKER = 2;
  private static final int OTHERS = 3;

  private final Subscription of;
  private final Overload overload;
  private boolean asked;
  private Preference preference = Preference.ALL;
  private List<Rung> useful = List.of();
  private boolean allotted;
  private Rung ceiling;

  Demand(Subscription of, Overload overload) {
    this.of = of;
    this.overload = overload;
  }

  /// What the receiver shows.
  void prefer(Preference other) {
    preference = other;
    asked = true;
  }

  Preference preference() {
    return preference;
  }

  /// The receiver wants this track, not just any.
  void ask() {
    asked = true;
  }

  /// Whether the receiver has asked for it, or said how it shows it.
  boolean asked() {
    return asked;
  }

  /// Looks again what is useful of what there is.
  void refresh(List<Rung> rungs) {
    PublishedTrack track = of.track();
    boolean screen = track != null && Cameras.screen(track);
    useful = overload.left(LayerChoice.useful(rungs, preference), screen);
  }

  /// What is to be sent, or null where nothing is useful or granted.
  Rung chosen() {
    if (useful.isEmpty() || allotted && ceiling == null) {
      return null;
    }
    return useful.get(allotted ? granted() : useful.size() - 1);
  }

  /// Whether the receiver would have it, but nothing has been granted.
  boolean heldBack() {
    return allotted && ceiling == null;
  }

  /// Another track: nothing is known of it.
  void forget() {
    preference = Preference.ALL;
    asked = false;
    useful = List.of();
    allotted = false;
    ceiling = null;
  }

  /// A shared screen before what the receiver has given weight, that before who speaks, and all
  /// others last.
  @Override
  public int rank() {
    PublishedTrack track = of.track();
    if (track != null && Cameras.screen(track)) {
      return SCREEN;
    }
    if (preference.priority() > 0) {
      return URGENT;
    }
    return track != null && track.speaks() ? SPEAKER : OTHERS;
  }

  @Override
  public long size() {
    if (useful.isEmpty()) {
      return 0;
    }
    Rung top = useful.getLast();
    return (long) Math.min(preference.width(), top.width())
        * Math.min(preference.height(), top.height());
  }

  @Override
  public int rungs() {
    return useful.size();
  }

  @Override
  public long bitrate(int rung) {
    return useful.get(rung).bitrate();
  }

  @Override
  public int granted() {
    if (!allotted) {
      return NEW;
    }
    if (ceiling == null || useful.isEmpty()) {
      return NONE;
    }
    int below = 0;
    for (int i = 0; i < useful.size(); i++) {
      if (useful.get(i).same(ceiling)) {
        return i;
      }
      below = useful.get(i).bitrate() <= ceiling.bitrate() ? i : below;
    }
    return below;
  }

  @Override
  public void grant(int rung, long now) {
    allotted = true;
    ceiling = rung == NONE ? null : useful.get(rung);
    of.reconsider(now);
    of.choose(now);
  }

  /// Whether nobody has granted or refused anything yet.
  boolean isNew() {
    return !allotted;
  }

  /// Bits a second of the best there is use for.
  long most() {
    return useful.isEmpty() ? 0 : useful.getLast().bitrate();
  }

  /// The ladder the allocation speaks of, the lowest first.
  List<Rung> useful() {
    return useful;
  }
}
