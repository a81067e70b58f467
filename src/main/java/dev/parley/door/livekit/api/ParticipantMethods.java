package dev.parley.door.livekit.api;

import com.google.protobuf.Message;
import dev.parley.door.livekit.message.ParticipantMessages;
import dev.parley.door.livekit.message.TrackMessages;
import dev.parley.identity.Grant;
import dev.parley.room.RoomRefused;
import dev.parley.room.RoomRefused.Reason;
import dev.parley.room.Rooms;
import dev.parley.signal.DataContent;
import dev.parley.signal.ParticipantChange;
import dev.parley.signal.Steward;
import dev.parley.signal.StewardRefused;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Function;
import livekit.LivekitModels.DataPacket;
import livekit.LivekitModels.ParticipantInfo;
import livekit.LivekitRoom.ListParticipantsRequest;
import livekit.LivekitRoom.ListParticipantsResponse;
import livekit.LivekitRoom.MuteRoomTrackRequest;
import livekit.LivekitRoom.MuteRoomTrackResponse;
import livekit.LivekitRoom.RemoveParticipantResponse;
import livekit.LivekitRoom.RoomParticipantIdentity;
import livekit.LivekitRoom.SendDataRequest;
import livekit.LivekitRoom.SendDataResponse;
import livekit.LivekitRoom.UpdateParticipantRequest;
import livekit.LivekitRoom.UpdateSubscriptionsRequest;
import livekit.LivekitRoom.UpdateSubscriptionsResponse;

/// The methods of `livekit.RoomService` that are about those who are in a room.
final class ParticipantMethods {
  /// The most octets of what is sent: as much as the SDKs send each other.
  private static final int MOST_DATA = 64_000;

  private final Rooms rooms;
  private final Steward steward;
  private final Nonces nonces = new Nonces();

  ParticipantMethods(Rooms rooms, Steward steward) {
    this.rooms = rooms;
    this.steward = steward;
  }

  List<Method<?>> all() {
    return List.of(
        of(
            "ListParticipants",
            ListParticipantsRequest.getDefaultInstance(),
            ListParticipantsRequest::getRoom,
            this::list),
        of(
            "GetParticipant",
            RoomParticipantIdentity.getDefaultInstance(),
            RoomParticipantIdentity::getRoom,
            this::find),
        of(
            "RemoveParticipant",
            RoomParticipantIdentity.getDefaultInstance(),
            RoomParticipantIdentity::getRoom,
            this::remove),
        of(
            "MutePublishedTrack",
            MuteRoomTrackRequest.getDefaultInstance(),
            MuteRoomTrackRequest::getRoom,
            this::mute),
        of(
            "UpdateParticipant",
            UpdateParticipantRequest.getDefaultInstance(),
            UpdateParticipantRequest::getRoom,
            this::update),
        of(
            "UpdateSubscriptions",
            UpdateSubscriptionsRequest.getDefaultInstance(),
            UpdateSubscriptionsRequest::getRoom,
            this::subscribe),
        of("SendData", SendDataRequest.getDefaultInstance(), SendDataRequest::getRoom, this::send));
  }

  private static <Q extends Message> Method<Q> of(
      String name, Q form, Function<Q, String> room, Method.Work<Q> work) {
    return new Method<>(name, form, Grant::roomAdmin, room, work);
  }

  private ListParticipantsResponse list(ListParticipantsRequest request) {
    var present = steward.attendance(request.getRoom());
    var answer = ListParticipantsResponse.newBuilder();
    for (var who : present.participants()) {
      answer.addParticipants(ParticipantMessages.of(who, present.tracks()));
    }
    return answer.build();
  }

  private ParticipantInfo find(RoomParticipantIdentity request) throws StewardRefused {
    return find(request.getRoom(), request.getIdentity());
  }

  private ParticipantInfo find(String room, String identity) throws StewardRefused {
    var present = steward.attendance(room);
    return ParticipantMessages.of(present.require(identity), present.tracks());
  }

  private RemoveParticipantResponse remove(RoomParticipantIdentity request) throws StewardRefused {
    steward.remove(request.getRoom(), request.getIdentity(), null);
    return RemoveParticipantResponse.getDefaultInstance();
  }

  private MuteRoomTrackResponse mute(MuteRoomTrackRequest request)
      throws StewardRefused, TwirpRefused {
    if (!request.getMuted()) {
      throw new TwirpRefused(
          TwirpCode.FAILED_PRECONDITION, "tracks are not unmuted by the server, ask for it");
    }
    var track = steward.mute(request.getRoom(), request.getIdentity(), request.getTrackSid());
    return MuteRoomTrackResponse.newBuilder().setTrack(TrackMessages.of(track)).build();
  }

  private ParticipantInfo update(UpdateParticipantRequest request) throws StewardRefused {
    var change =
        new ParticipantChange(
            said(request.getName()),
            said(request.getMetadata()),
            request.getAttributesMap(),
            request.hasPermission()
                ? ParticipantMessages.permissions(request.getPermission())
                : null);
    var changed = steward.update(request.getRoom(), request.getIdentity(), change);
    return ParticipantMessages.of(changed, steward.attendance(request.getRoom()).tracks());
  }

  private UpdateSubscriptionsResponse subscribe(UpdateSubscriptionsRequest request)
      throws StewardRefused {
    var tracks = new LinkedHashSet<>(request.getTrackSidsList());
    request.getParticipantTracksList().forEach(of -> tracks.addAll(of.getTrackSidsList()));
    steward.subscribe(
        request.getRoom(), request.getIdentity(), List.copyOf(tracks), request.getSubscribe());
    return UpdateSubscriptionsResponse.getDefaultInstance();
  }

  private SendDataResponse send(SendDataRequest request) throws RoomRefused, TwirpRefused {
    if (request.getData().size() > MOST_DATA) {
      throw new TwirpRefused(
          TwirpCode.INVALID_ARGUMENT, "data has at most " + MOST_DATA + " octets");
    }
    if (request.getNonce().size() > Nonces.LONGEST) {
      throw new TwirpRefused(
          TwirpCode.INVALID_ARGUMENT, "a nonce has at most " + Nonces.LONGEST + " octets");
    }
    if (!steward.live(request.getRoom()) && rooms.find(request.getRoom()).isEmpty()) {
      throw new RoomRefused(Reason.ROOM_NOT_FOUND, "there is no such room");
    }
    var content =
        DataContent.binary(
            request.hasTopic() ? request.getTopic() : null,
            request.getKind() == DataPacket.Kind.LOSSY,
            request.getData().toByteArray());
    if (nonces.isNew(request.getRoom(), request.getNonce())) {
      steward.say(request.getRoom(), receivers(request), content);
    }
    return SendDataResponse.getDefaultInstance();
  }

  /// Those who are named, one way or the other; null where nobody is, which means all.
  @SuppressWarnings("deprecation") // SDKs of yesterday name ids.
  private static List<String> receivers(SendDataRequest request) {
    var named = new LinkedHashSet<>(request.getDestinationIdentitiesList());
    named.addAll(request.getDestinationSidsList());
    return named.isEmpty() ? null : List.copyOf(named);
  }

  /// An empty text says nothing.
  private static String said(String text) {
    return text.isEmpty() ? null : text;
  }
}
