package dev.parley.door.livekit.message;

import dev.parley.room.RoomView;
import java.util.UUID;
import livekit.LivekitModels;

/// Rooms as `livekit.Room`.
public final class RoomMessages {
  private RoomMessages() {}

  /// @param participants how many are in it
  /// @param publishers how many of them publish
  public static LivekitModels.Room of(RoomView room, int participants, int publishers) {
    return LivekitModels.Room.newBuilder()
        .setSid(sid(room))
        .setName(room.name())
        .setEmptyTimeout(Math.toIntExact(room.emptyTimeout().toSeconds()))
        .setDepartureTimeout(Math.toIntExact(room.departureTimeout().toSeconds()))
        .setMaxParticipants(room.maxParticipants())
        .setCreationTime(room.createdAt().getEpochSecond())
        .setCreationTimeMs(room.createdAt().toEpochMilli())
        .setMetadata(room.metadata() == null ? "" : room.metadata())
        .setNumParticipants(participants)
        .setNumPublishers(publishers)
        .build();
  }

  /// The id of a room: that of its row, so that a room of the same name made later has another.
  public static String sid(RoomView room) {
    UUID id = room.id();
    return "RM_" + Long.toString(id.getMostSignificantBits() >>> 1, 36);
  }
}
