package dev.parley.identity;

import java.time.Instant;

/// What an access token allows its bearer (claims as LiveKit's, so one token opens every door).
///
/// @param identity who it is, the token's `sub`; unique within a room
/// @param name what others see, never blank
/// @param room the one room it is for, or null for any
/// @param roomJoin may join
/// @param roomCreate may create and delete rooms
/// @param roomList may list rooms
/// @param roomAdmin may moderate the room
/// @param canPublish may send media
/// @param canSubscribe may receive media
/// @param canPublishData may send data and application messages
/// @param hidden is not shown to others
/// @param metadata free text for applications, or null
/// @param expires when the token ends; who has joined before stays
/// @param details what few tokens have
public record Grant(
    String identity,
    String name,
    String room,
    boolean roomJoin,
    boolean roomCreate,
    boolean roomList,
    boolean roomAdmin,
    boolean canPublish,
    boolean canSubscribe,
    boolean canPublishData,
    boolean hidden,
    String metadata,
    Instant expires,
    GrantDetails details) {
  /// One of the grants that most tokens have.
  public Grant(
      String identity,
      String name,
      String room,
      boolean roomJoin,
      boolean roomCreate,
      boolean roomList,
      boolean roomAdmin,
      boolean canPublish,
      boolean canSubscribe,
      boolean canPublishData,
      boolean hidden,
      String metadata,
      Instant expires) {
    this(
        identity,
        name,
        room,
        roomJoin,
        roomCreate,
        roomList,
        roomAdmin,
        canPublish,
        canSubscribe,
        canPublishData,
        hidden,
        metadata,
        expires,
        GrantDetails.NONE);
  }

  /// What somebody who just wants to take part in one room gets.
  public static Grant join(
      String identity, String name, String room, boolean roomAdmin, Instant expires) {
    return new Grant(
        identity, name, room, true, false, false, roomAdmin, true, true, true, false, null,
        expires);
  }

  /// The same with other details.
  public Grant details(GrantDetails other) {
    return new Grant(
        identity,
        name,
        room,
        roomJoin,
        roomCreate,
        roomList,
        roomAdmin,
        canPublish,
        canSubscribe,
        canPublishData,
        hidden,
        metadata,
        expires,
        other);
  }
}
