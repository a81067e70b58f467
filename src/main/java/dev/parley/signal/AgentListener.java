package dev.parley.signal;

import dev.parley.media.SfuEvent;

/// Told what concerns one [Agent]: in order, one call at a time, never under a lock.
public interface AgentListener {
  /// A Described, DescriptionRefused, IceRestarted or PeerChanged of its peer; those that answer an
  /// offer complete its future first.
  default void told(SfuEvent event) {}

  /// It is out of the room, whoever wanted that; said last and once.
  default void ended(Departure why) {}
}
