package dev.parley.room;

import java.time.Instant;

/// A fact of a room on its way into the database; what is known of rooms, participants and tracks
/// is text that only [HookText] understands.
public sealed interface Happening {
  String room();

  /// The room at that moment.
  String roomInfo();

  Instant at();

  record Came(String room, String roomInfo, Instant at, String participant, String participantInfo)
      implements Happening {}

  /// @param aborted whether it never knew that it was in
  record Went(
      String room,
      String roomInfo,
      Instant at,
      String participant,
      String participantInfo,
      boolean aborted)
      implements Happening {}

  record Published(
      String room,
      String roomInfo,
      Instant at,
      String participant,
      String participantInfo,
      String track,
      String trackInfo)
      implements Happening {}

  record Unpublished(
      String room,
      String roomInfo,
      Instant at,
      String participant,
      String participantInfo,
      String track)
      implements Happening {}

  record Ended(String room, String roomInfo, Instant at) implements Happening {}
}
