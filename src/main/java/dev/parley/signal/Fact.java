package dev.parley.signal;

import dev.parley.media.TrackView;
import dev.parley.room.RoomView;
import java.time.Instant;

/// What has happened in a room, for those outside of it.
public sealed interface Fact {
  Scene scene();

  /// The room at that moment.
  ///
  /// @param participants how many are in it then
  /// @param publishers how many of them publish through the server
  /// @param at when it happened
  record Scene(RoomView room, int participants, int publishers, Instant at) {}

  /// Somebody came in, hidden ones too.
  record Joined(Scene scene, ParticipantView who) implements Fact {}

  /// Somebody is out, and with it all its tracks. The one may not be in: if its join was given up,
  /// nobody knows whether that was written.
  ///
  /// @param reached whether it could ever be told that it was in
  record Left(Scene scene, ParticipantView who, Departure why, boolean reached) implements Fact {}

  /// A track is up at the server.
  record Published(Scene scene, ParticipantView who, TrackView track) implements Fact {}

  /// A track is no more.
  ///
  /// @param track its id; it may be one that was never published
  record Unpublished(Scene scene, ParticipantView who, String track) implements Fact {}

  /// Nobody is there any more, and the room does not wait any longer.
  record Ended(Scene scene) implements Fact {}
}
