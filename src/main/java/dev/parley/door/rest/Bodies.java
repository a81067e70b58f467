package dev.parley.door.rest;

import dev.parley.media.Encryption;
import dev.parley.room.Access;
import dev.parley.room.RoomChange;
import dev.parley.room.RoomView;
import dev.parley.room.Topology;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/// The JSON bodies that have to do with rooms.
final class Bodies {
  private Bodies() {}

  /// Goes on where there is a body.
  static void require(Object body) {
    if (body == null) {
      throw Refusal.badRequest("a JSON object is needed");
    }
  }

  /// Settings of a room; `name` is read where a room is made.
  public record RoomSettingsBody(
      String name,
      String title,
      Integer maxParticipants,
      Long emptyTimeout,
      String topology,
      String access,
      Boolean lobby,
      Boolean locked,
      String encryption,
      Long departureTimeout,
      String metadata) {
    RoomChange change() {
      return new RoomChange(
          title,
          maxParticipants,
          seconds(emptyTimeout),
          constant(Topology.class, "topology", topology),
          constant(Access.class, "access", access),
          lobby,
          locked,
          constant(Encryption.class, "encryption", encryption),
          seconds(departureTimeout),
          metadata);
    }

    private static Duration seconds(Long given) {
      return given == null ? null : Duration.ofSeconds(given);
    }
  }

  /// A room as the signaling protocol spells it.
  ///
  /// @param present who is in it; null where many rooms are listed
  public record RoomBody(
      String name,
      String title,
      int maxParticipants,
      long emptyTimeout,
      String topology,
      String effectiveTopology,
      String access,
      boolean lobby,
      boolean locked,
      String encryption,
      long departureTimeout,
      String metadata,
      Instant createdAt,
      List<?> present) {
    static RoomBody of(RoomView room, List<?> present) {
      return new RoomBody(
          room.name(),
          room.title(),
          room.maxParticipants(),
          room.emptyTimeout().toSeconds(),
          word(room.topology()),
          word(Topology.MESH),
          word(room.access()),
          room.lobby(),
          room.locked(),
          word(room.encryption()),
          room.departureTimeout().toSeconds(),
          room.metadata(),
          room.createdAt(),
          present);
    }
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  static <E extends Enum<E>> E constant(Class<E> type, String member, String text) {
    if (text == null) {
      return null;
    }
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equalsIgnoreCase(text)) {
        return constant;
      }
    }
    throw Refusal.badRequest(member + " has a value that is not known");
  }
}
