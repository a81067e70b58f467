package dev.parley.room;

import dev.parley.media.Encryption;
import java.time.Duration;

/// A change of a room's settings; null leaves a setting as it is. Units and meaning as in
/// [RoomView].
public record RoomChange(
    String title,
    Integer maxParticipants,
    Duration emptyTimeout,
    Topology topology,
    Access access,
    Boolean lobby,
    Boolean locked,
    Encryption encryption) {
  /// Leaves encryption as it is.
  public RoomChange(
      String title,
      Integer maxParticipants,
      Duration emptyTimeout,
      Topology topology,
      Access access,
      Boolean lobby,
      Boolean locked) {
    this(title, maxParticipants, emptyTimeout, topology, access, lobby, locked, null);
  }

  /// Changes nothing.
  public static final RoomChange NONE = new RoomChange(null, null, null, null, null, null, null);

  /// The change that locks or unlocks.
  public static RoomChange lock(boolean locked) {
    return new RoomChange(null, null, null, null, null, null, locked);
  }
}
