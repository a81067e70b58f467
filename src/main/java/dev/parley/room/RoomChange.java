package dev.parley.room;

import dev.parley.media.Encryption;
import java.time.Duration;

/// A change of a room's settings; null leaves a setting as it is. Units and meaning as in
/// [RoomView], but that empty metadata is none.
public record RoomChange(
    String title,
    Integer maxParticipants,
    Duration emptyTimeout,
    Topology topology,
    Access access,
    Boolean lobby,
    Boolean locked,
    Encryption encryption,
    Duration departureTimeout,
    String metadata) {
  /// Leaves departure and metadata as they are.
  public RoomChange(
      String title,
      Integer maxParticipants,
      Duration emptyTimeout,
      Topology topology,
      Access access,
      Boolean lobby,
      Boolean locked,
      Encryption encryption) {
    this(
        title,
        maxParticipants,
        emptyTimeout,
        topology,
        access,
        lobby,
        locked,
        encryption,
        null,
        null);
  }

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

  /// As many as a room may hold.
  public static final int MOST_PARTICIPANTS = 500;

  /// Changes nothing.
  public static final RoomChange NONE = new RoomChange(null, null, null, null, null, null, null);

  /// The change of metadata.
  ///
  /// @param metadata empty for none
  public static RoomChange metadata(String metadata) {
    return new RoomChange(null, null, null, null, null, null, null, null, null, metadata);
  }

  /// The change of what is wished where a room is made for somebody who comes.
  public static RoomChange wished(
      Integer maxParticipants, Duration emptyTimeout, Duration departureTimeout, String metadata) {
    return new RoomChange(
        null,
        maxParticipants,
        emptyTimeout,
        null,
        null,
        null,
        null,
        null,
        departureTimeout,
        metadata);
  }

  /// The change that locks or unlocks.
  public static RoomChange lock(boolean locked) {
    return new RoomChange(null, null, null, null, null, null, locked);
  }
}
