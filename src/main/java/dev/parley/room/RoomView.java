package dev.parley.room;

import dev.parley.media.Encryption;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/// A room as the rest of the house sees it: a value, the entity stays behind.
///
/// @param id the room's key in the database
/// @param name its name in paths and tokens, 1 to 64 of `a-z A-Z 0-9 . _ -`
/// @param title what people read
/// @param maxParticipants how many may be in it at once, lobby not counted
/// @param emptyTimeout how long it waits for the first one to come; zero: until it is deleted
/// @param topology how media travels
/// @param access who may join
/// @param lobby whether everyone but moderators waits to be admitted
/// @param locked whether nobody but moderators may join
/// @param encryption whether what goes through the server is encrypted from end to end
/// @param departureTimeout how long it outlives its last participant; zero: until it is deleted
/// @param metadata free text for applications, or null
/// @param createdAt when it was made, to the microsecond
public record RoomView(
    UUID id,
    String name,
    String title,
    int maxParticipants,
    Duration emptyTimeout,
    Topology topology,
    Access access,
    boolean lobby,
    boolean locked,
    Encryption encryption,
    Duration departureTimeout,
    String metadata,
    Instant createdAt) {
  /// One that outlives its last participant as long as it waits for the first, without metadata.
  public RoomView(
      UUID id,
      String name,
      String title,
      int maxParticipants,
      Duration emptyTimeout,
      Topology topology,
      Access access,
      boolean lobby,
      boolean locked,
      Encryption encryption) {
    this(
        id,
        name,
        title,
        maxParticipants,
        emptyTimeout,
        topology,
        access,
        lobby,
        locked,
        encryption,
        emptyTimeout,
        null,
        Instant.EPOCH);
  }

  /// One that leaves encryption to each publisher.
  public RoomView(
      UUID id,
      String name,
      String title,
      int maxParticipants,
      Duration emptyTimeout,
      Topology topology,
      Access access,
      boolean lobby,
      boolean locked) {
    this(
        id,
        name,
        title,
        maxParticipants,
        emptyTimeout,
        topology,
        access,
        lobby,
        locked,
        Encryption.ALLOWED);
  }
}
