package dev.parley.door.livekit.message;

import dev.parley.media.TrackView;
import dev.parley.signal.Departure;
import dev.parley.signal.ParticipantView;
import dev.parley.signal.Permissions;
import java.util.List;
import java.util.stream.Collectors;
import livekit.LivekitModels.DisconnectReason;
import livekit.LivekitModels.ParticipantInfo;
import livekit.LivekitModels.ParticipantPermission;

/// Participants as `livekit.ParticipantInfo`.
public final class ParticipantMessages {
  private ParticipantMessages() {}

  /// One who is in.
  ///
  /// @param tracks those of this participant are taken, others may be among them
  public static ParticipantInfo of(ParticipantView who, List<TrackView> tracks) {
    return builder(who, tracks).setState(ParticipantInfo.State.ACTIVE).build();
  }

  /// One who is out.
  public static ParticipantInfo gone(ParticipantView who, Departure why) {
    return builder(who, List.of())
        .setState(ParticipantInfo.State.DISCONNECTED)
        .setVersion((int) who.version() + 1)
        .setDisconnectReason(reason(why))
        .build();
  }

  /// Everything but the state.
  public static ParticipantInfo.Builder builder(ParticipantView who, List<TrackView> tracks) {
    var info =
        ParticipantInfo.newBuilder()
            .setSid(who.id())
            .setIdentity(who.identity())
            .setName(who.name())
            .setMetadata(who.metadata() == null ? "" : who.metadata())
            .putAllAttributes(who.attributes())
            .setJoinedAt(who.joinedAt().getEpochSecond())
            .setJoinedAtMs(who.joinedAt().toEpochMilli())
            .setVersion((int) who.version())
            .setPermission(permission(who.permissions()))
            .setKind(kind(who));
    for (var track : tracks) {
      if (track.participant().equals(who.id())) {
        info.addTracks(TrackMessages.of(track));
      }
    }
    return info.setIsPublisher(info.getTracksCount() > 0);
  }

  /// What one may do.
  @SuppressWarnings("deprecation") // SDKs of yesterday read these fields still.
  public static ParticipantPermission permission(Permissions may) {
    var permission =
        ParticipantPermission.newBuilder()
            .setCanSubscribe(may.subscribe())
            .setCanPublish(may.publish())
            .setCanPublishData(may.publishData())
            .setHidden(may.hidden())
            .setRecorder(may.recorder())
            .setCanUpdateMetadata(may.ownMetadata())
            .setAgent(may.agent());
    may.sources().stream()
        .map(TrackMessages::source)
        .sorted()
        .forEach(permission::addCanPublishSources);
    return permission.build();
  }

  /// What one may do, the other way round.
  @SuppressWarnings("deprecation") // SDKs of yesterday write these fields still.
  public static Permissions permissions(ParticipantPermission may) {
    return new Permissions(
        may.getCanPublish(),
        may.getCanSubscribe(),
        may.getCanPublishData(),
        may.getCanPublishSourcesList().stream()
            .map(TrackMessages::word)
            .collect(Collectors.toSet()),
        may.getHidden(),
        may.getCanUpdateMetadata(),
        may.getRecorder(),
        may.getAgent());
  }

  private static ParticipantInfo.Kind kind(ParticipantView who) {
    return switch (who.kind()) {
      case ENCODER -> ParticipantInfo.Kind.INGRESS;
      case PERSON, VIEWER -> {
        if (who.permissions().agent()) {
          yield ParticipantInfo.Kind.AGENT;
        }
        yield who.permissions().recorder()
            ? ParticipantInfo.Kind.EGRESS
            : ParticipantInfo.Kind.STANDARD;
      }
    };
  }

  /// Why one is out, as the others and the one itself are told.
  public static DisconnectReason reason(Departure why) {
    return switch (why) {
      case LEFT -> DisconnectReason.CLIENT_INITIATED;
      case REMOVED -> DisconnectReason.PARTICIPANT_REMOVED;
      case TIMEOUT -> DisconnectReason.SIGNAL_CLOSE;
      case REPLACED -> DisconnectReason.DUPLICATE_IDENTITY;
      case DENIED -> DisconnectReason.USER_REJECTED;
      case CLOSED -> DisconnectReason.ROOM_DELETED;
      case STOPPED -> DisconnectReason.SERVER_SHUTDOWN;
    };
  }
}
