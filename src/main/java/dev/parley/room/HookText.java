package dev.parley.room;

import java.time.Instant;

/// How events are spelled for those who receive them.
public interface HookText {
  /// The body of a request.
  ///
  /// @param id of the event, by which receivers know duplicates
  /// @param participant info, or null
  /// @param track info, or null
  String event(HookKind kind, String id, Instant at, String room, String participant, String track);

  /// The info of a participant whom the end of the server took out of the room.
  String interrupted(String participant);

  /// The info of a room that nobody is in any more.
  String deserted(String room);
}
