package dev.parley.door.livekit.api;

import dev.parley.door.livekit.model.RoomMessages;
import dev.parley.identity.Grant;
import dev.parley.room.RoomChange;
import dev.parley.room.RoomRefused;
import dev.parley.room.RoomRefused.Reason;
import dev.parley.room.RoomView;
import dev.parley.room.Rooms;
import dev.parley.signal.Signaling;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import livekit.LivekitModels;
import livekit.LivekitRoom.CreateRoomRequest;
import livekit.LivekitRoom.DeleteRoomRequest;
import livekit.LivekitRoom.DeleteRoomResponse;
import livekit.LivekitRoom.ListRoomsRequest;
import livekit.LivekitRoom.ListRoomsResponse;
import livekit.LivekitRoom.UpdateRoomMetadataRequest;

/// The methods of `livekit.RoomService` that are about rooms.
final class RoomMethods {
  /// What a room made over this API waits for the first one, where nothing is said: the protocol's.
  private static final Duration EMPTY = Duration.ofSeconds(300);

  /// And what it outlives its last participant.
  private static final Duration DEPARTURE = Duration.ofSeconds(20);

  /// So many rooms are asked for one by one; for more, all are read at once.
  private static final int FEW = 16;

  private final Rooms rooms;
  private final Signaling signaling;

  RoomMethods(Rooms rooms, Signaling signaling) {
    this.rooms = rooms;
    this.signaling = signaling;
  }

  List<Method<?>> all() {
    return List.of(
        new Method<>(
            "CreateRoom",
            CreateRoomRequest.getDefaultInstance(),
            Grant::roomCreate,
            CreateRoomRequest::getName,
            this::create),
        new Method<>(
            "ListRooms", ListRoomsRequest.getDefaultInstance(), Grant::roomList, null, this::list),
        new Method<>(
            "DeleteRoom",
            DeleteRoomRequest.getDefaultInstance(),
            Grant::roomCreate,
            DeleteRoomRequest::getRoom,
            this::delete),
        new Method<>(
            "UpdateRoomMetadata",
            UpdateRoomMetadataRequest.getDefaultInstance(),
            Grant::roomAdmin,
            UpdateRoomMetadataRequest::getRoom,
            this::describe));
  }

  private LivekitModels.Room create(CreateRoomRequest request) throws TwirpRefused, RoomRefused {
    refuseWhatIsNotDone(request);
    var wish =
        RoomChange.wished(
            number("max_participants", request.getMaxParticipants()),
            seconds("empty_timeout", request.getEmptyTimeout()),
            seconds("departure_timeout", request.getDepartureTimeout()),
            request.getMetadata().isEmpty() ? null : request.getMetadata());
    if (rooms.find(request.getName()).isEmpty()) {
      try {
        RoomView made = rooms.create(request.getName(), whole(wish));
        signaling.expect(made);
        return message(made);
      } catch (RoomRefused e) {
        if (e.reason() != Reason.ROOM_EXISTS) {
          throw e;
        }
        // Somebody else was faster, whose room it is then.
      }
    }
    return message(change(request.getName(), wish));
  }

  private static void refuseWhatIsNotDone(CreateRoomRequest request) throws TwirpRefused {
    if (request.hasEgress() || request.getAgentsCount() > 0) {
      throw new TwirpRefused(
          TwirpCode.UNIMPLEMENTED, "rooms are not made with egress or agents here");
    }
    if (!request.getRoomPreset().isEmpty()) {
      throw new TwirpRefused(TwirpCode.INVALID_ARGUMENT, "there is no such room_preset");
    }
  }

  private static RoomChange whole(RoomChange wish) {
    return RoomChange.wished(
        wish.maxParticipants() == null ? RoomChange.MOST_PARTICIPANTS : wish.maxParticipants(),
        wish.emptyTimeout() == null ? EMPTY : wish.emptyTimeout(),
        wish.departureTimeout() == null ? DEPARTURE : wish.departureTimeout(),
        wish.metadata());
  }

  /// 0 says nothing. The numbers are unsigned.
  private static Integer number(String field, int value) throws TwirpRefused {
    if (value < 0) {
      throw new TwirpRefused(TwirpCode.INVALID_ARGUMENT, field + " is too large");
    }
    return value == 0 ? null : Integer.valueOf(value);
  }

  private static Duration seconds(String field, int value) throws TwirpRefused {
    Integer seconds = number(field, value);
    return seconds == null ? null : Duration.ofSeconds(seconds);
  }

  private ListRoomsResponse list(ListRoomsRequest request) {
    var names = new LinkedHashSet<>(request.getNamesList());
    List<RoomView> found =
        names.isEmpty() || names.size() > FEW
            ? rooms.list()
            : names.stream().map(rooms::find).flatMap(Optional::stream).toList();
    var answer = ListRoomsResponse.newBuilder();
    for (RoomView room : found) {
      if (names.isEmpty() || names.contains(room.name())) {
        answer.addRooms(message(room));
      }
    }
    return answer.build();
  }

  private DeleteRoomResponse delete(DeleteRoomRequest request) throws RoomRefused {
    if (!rooms.delete(request.getRoom())) {
      throw new RoomRefused(Reason.ROOM_NOT_FOUND, "there is no such room");
    }
    signaling.closeRoom(request.getRoom());
    return DeleteRoomResponse.getDefaultInstance();
  }

  private LivekitModels.Room describe(UpdateRoomMetadataRequest request) throws RoomRefused {
    return message(change(request.getRoom(), RoomChange.metadata(request.getMetadata())));
  }

  private RoomView change(String room, RoomChange change) throws RoomRefused {
    RoomView changed = rooms.change(room, change);
    signaling.roomChanged(changed);
    return changed;
  }

  private LivekitModels.Room message(RoomView room) {
    var present = signaling.steward().attendance(room.name());
    return RoomMessages.of(room, present.visible(), present.publishers());
  }
}
