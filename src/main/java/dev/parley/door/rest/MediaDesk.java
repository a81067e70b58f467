package dev.parley.door.rest;

import dev.parley.media.RoomMedia;
import java.util.Optional;

/// The media of this node as whoever moderates a room looks at it; boot, which sees both halves,
/// implements it. Calls wait for the event loops, a few seconds at most.
public interface MediaDesk {
  /// The media of a room, all loops it lives on together; nothing where it has none.
  ///
  /// @return empty where a loop did not answer in time
  Optional<RoomMedia> room(String name);
}
