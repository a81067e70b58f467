package dev.parley.observe;

import dev.parley.media.Counter;
import dev.parley.media.Snapshot;

/// What there is on each event loop now: the difference of two counters, which the loop may have
/// raised between our reading of the one and the other.
public enum LoopGauge {
  PEERS(
      "sfu_peers",
      "Server ends of PeerConnections that live",
      Counter.SFU_PEERS_OPENED,
      Counter.SFU_PEERS_CLOSED),
  ROOMS(
      "sfu_rooms",
      "Rooms, or branches of rooms, with a peer on the loop",
      Counter.SFU_ROOMS_OPENED,
      Counter.SFU_ROOMS_CLOSED),
  TRACKS("sfu_tracks", "Tracks published", Counter.SFU_TRACKS_UP, Counter.SFU_TRACKS_DOWN),
  SUBSCRIPTIONS(
      "sfu_subscriptions",
      "Tracks given to peers",
      Counter.SFU_SUBSCRIPTIONS_BEGUN,
      Counter.SFU_SUBSCRIPTIONS_ENDED),
  WAITING(
      "sfu_subscriptions_held_back",
      "Subscriptions held back for want of bandwidth",
      Counter.SFU_HELD_BACK,
      Counter.SFU_RELEASED),
  ASIDE(
      "sfu_videos_aside",
      "Cameras that receivers are not sent because others are shown",
      Counter.SFU_VIDEO_SET_ASIDE,
      Counter.SFU_VIDEO_SHOWN_AGAIN);

  private final String label;
  private final String meaning;
  private final Counter more;
  private final Counter less;

  LoopGauge(String label, String meaning, Counter more, Counter less) {
    this.label = label;
    this.meaning = meaning;
    this.more = more;
    this.less = less;
  }

  /// The name as metrics show it, in snake case, with `parley_loop_` before it.
  public String label() {
    return label;
  }

  /// One sentence for the metrics page and the reference.
  public String meaning() {
    return meaning;
  }

  /// Its value by one loop's counters.
  public long of(Snapshot snapshot) {
    return Math.max(0, snapshot.of(more) - snapshot.of(less));
  }
}
