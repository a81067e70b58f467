package dev.parley.engine.sfu;

import dev.parley.media.HoldReason;
import dev.parley.media.TrackKind;

/// How a [Subscription] stands at one moment, for who asks why somebody sees what.
///
/// @param layer what it is made of by now, or was last; or null
/// @param target what it waits to begin with or to change to; or null
/// @param spatial the highest layer aimed at
/// @param temporal likewise
/// @param aside why others are shown instead of it, or null
record Standing(
    PublishedTrack track,
    Demand demand,
    Outlet outlet,
    Layer layer,
    Layer target,
    int spatial,
    int temporal,
    HoldReason aside,
    boolean paused,
    boolean running) {
  /// Why something, or nothing, is sent; the first that holds.
  enum Why {
    NOT_NEGOTIATED("not-negotiated"),
    MUTED("muted"),
    PAUSED("paused-by-receiver"),
    NOT_VISIBLE("not-visible"),
    LAST_N("others-spoke-later"),
    OVERLOAD("held-back-for-overload"),
    QUIETER("others-are-louder"),
    HELD_BACK("held-back-for-bandwidth"),
    RUNNING("running"),
    WAITING("waiting-for-key-frame"),
    NO_LAYER("no-layer");

    private final String word;

    Why(String word) {
      this.word = word;
    }

    /// As the API has it.
    String word() {
      return word;
    }
  }

  /// @param now nanoseconds
  Why why(long now) {
    if (!outlet.hasSender()) {
      return Why.NOT_NEGOTIATED;
    }
    if (track.muted()) {
      return Why.MUTED;
    }
    if (paused) {
      return Why.PAUSED;
    }
    if (!demand.preference().visible()) {
      return Why.NOT_VISIBLE;
    }
    if (aside != null) {
      return aside == HoldReason.OVERLOAD ? Why.OVERLOAD : Why.LAST_N;
    }
    if (!track.audible()) {
      return Why.QUIETER;
    }
    if (demand.heldBack()) {
      return Why.HELD_BACK;
    }
    boolean audio = track.kind() == TrackKind.AUDIO;
    if (running && (audio || layer.live(now))) {
      return Why.RUNNING;
    }
    return !audio && target != null && target.live(now) ? Why.WAITING : Why.NO_LAYER;
  }
}
