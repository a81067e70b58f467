package dev.parley.door.livekit;

import dev.parley.door.livekit.message.ParticipantMessages;
import dev.parley.door.livekit.message.RoomMessages;
import dev.parley.door.livekit.message.TrackMessages;
import dev.parley.media.PeerState;
import dev.parley.media.Quality;
import dev.parley.media.SdpType;
import dev.parley.media.SpeakerView;
import dev.parley.media.TrackView;
import dev.parley.signal.Departure;
import dev.parley.signal.Notice;
import dev.parley.signal.ParticipantView;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import livekit.LivekitModels.ConnectionQuality;
import livekit.LivekitModels.DisconnectReason;
import livekit.LivekitModels.ParticipantInfo;
import livekit.LivekitModels.SpeakerInfo;
import livekit.LivekitRtc.ConnectionQualityInfo;
import livekit.LivekitRtc.ConnectionQualityUpdate;
import livekit.LivekitRtc.LeaveRequest;
import livekit.LivekitRtc.MediaSectionsRequirement;
import livekit.LivekitRtc.MuteTrackRequest;
import livekit.LivekitRtc.ParticipantUpdate;
import livekit.LivekitRtc.RoomUpdate;
import livekit.LivekitRtc.SessionDescription;
import livekit.LivekitRtc.SignalResponse;
import livekit.LivekitRtc.SpeakersChanged;
import livekit.LivekitRtc.StreamState;
import livekit.LivekitRtc.StreamStateInfo;
import livekit.LivekitRtc.StreamStateUpdate;
import livekit.LivekitRtc.SubscriptionPermissionUpdate;
import livekit.LivekitRtc.TrackPublishedResponse;
import livekit.LivekitRtc.TrackSubscribed;
import livekit.LivekitRtc.TrackUnpublishedResponse;

/// What signaling tells a client, as messages. Called in order.
final class Tellings {
  private final Standing standing;
  private final Welcome welcome;

  Tellings(Standing standing, Welcome welcome) {
    this.standing = standing;
    this.welcome = welcome;
  }

  /// The messages of a notice, in order; none where this protocol does not tell it.
  List<SignalResponse> write(Notice notice) {
    return switch (notice) {
      case Notice.Joined joined -> welcome.joined(joined);
      case Notice.Returned returned -> welcome.returned(returned);
      case Notice.Waiting _ -> leave(DisconnectReason.JOIN_FAILURE, LeaveRequest.Action.DISCONNECT);
      case Notice.ParticipantJoined(var who) -> changed(who);
      case Notice.ParticipantChanged(var who) -> changed(who);
      case Notice.ParticipantLeft(String id, var why) -> left(id, why);
      case Notice.Described described -> List.of(described(described));
      case Notice.Announced announced -> announced(announced);
      case Notice.SectionsWanted(int audio, int video) -> sections(audio, video);
      case Notice.TrackPublished(var track, String mid) -> published(track, mid);
      case Notice.TrackChanged(var track) -> changed(track);
      case Notice.TrackWatched(String track) ->
          List.of(
              SignalResponse.newBuilder()
                  .setTrackSubscribed(TrackSubscribed.newBuilder().setTrackSid(track))
                  .build());
      case Notice.TrackAllowed(String participant, String track, boolean allowed) ->
          List.of(
              SignalResponse.newBuilder()
                  .setSubscriptionPermissionUpdate(
                      SubscriptionPermissionUpdate.newBuilder()
                          .setParticipantSid(participant)
                          .setTrackSid(track)
                          .setAllowed(allowed))
                  .build());
      case Notice.TrackUnpublished(String participant, String track) ->
          unpublished(participant, track);
      case Notice.Mute mute -> mute(mute);
      case Notice.MediaChanged(var state, String reason, var _) -> media(state, reason);
      case Notice.StreamState state -> flow(state);
      case Notice.SubscribedQuality quality -> quality(quality);
      case Notice.ConnectionQuality quality -> List.of(quality(quality));
      case Notice.Speakers(var speakers) -> speakers(speakers);
      case Notice.RoomChanged changed -> {
        standing.room(changed.room());
        yield List.of(room());
      }
      case Notice.Removed(var why, String _) -> leave(ParticipantMessages.reason(why), action(why));
      case Notice.Error error -> Refusals.write(error, standing.joined());
      default -> List.of();
    };
  }

  /// Who is sent away by a server that stops looks for it, or for another, by itself.
  private static LeaveRequest.Action action(Departure why) {
    return why == Departure.STOPPED
        ? LeaveRequest.Action.RECONNECT
        : LeaveRequest.Action.DISCONNECT;
  }

  static List<SignalResponse> leave(DisconnectReason reason, LeaveRequest.Action action) {
    var leave = LeaveRequest.newBuilder().setReason(reason).setAction(action);
    leave.setCanReconnect(action != LeaveRequest.Action.DISCONNECT);
    return List.of(SignalResponse.newBuilder().setLeave(leave).build());
  }

  private static SignalResponse update(ParticipantInfo... who) {
    return SignalResponse.newBuilder()
        .setUpdate(ParticipantUpdate.newBuilder().addAllParticipants(List.of(who)))
        .build();
  }

  private List<SignalResponse> changed(ParticipantView who) {
    if (standing.own(who.id())) {
      standing.self(who);
    } else {
      standing.put(who);
    }
    return List.of(update(ParticipantMessages.of(who, standing.tracks())));
  }

  private List<SignalResponse> left(String id, Departure why) {
    var who = standing.remove(id);
    return who == null ? List.of() : List.of(update(ParticipantMessages.gone(who, why)));
  }

  private List<SignalResponse> about(String participant) {
    var who = standing.other(participant);
    return who == null ? List.of() : changed(who);
  }

  private static SignalResponse described(Notice.Described described) {
    var description =
        SessionDescription.newBuilder()
            .setSdp(described.sdp())
            .putAllMidToTrackId(Offered.tracks(described.sdp()));
    var message = SignalResponse.newBuilder();
    if (described.type() == SdpType.OFFER) {
      return message.setOffer(description.setType("offer").setId((int) described.number())).build();
    }
    String id = described.ref().substring(Wishes.OFFER.length());
    return message
        .setAnswer(description.setType("answer").setId(Integer.parseUnsignedInt(id)))
        .build();
  }

  private static List<SignalResponse> sections(int audio, int video) {
    return List.of(
        SignalResponse.newBuilder()
            .setMediaSectionsRequirement(
                MediaSectionsRequirement.newBuilder().setNumAudios(audio).setNumVideos(video))
            .build());
  }

  private List<SignalResponse> announced(Notice.Announced announced) {
    var track =
        TrackMessages.said(announced.note()).toBuilder()
            .setSid(announced.track())
            .setMuted(announced.muted());
    String cid = announced.ref().substring(Wishes.ADD.length());
    return List.of(
        SignalResponse.newBuilder()
            .setTrackPublished(TrackPublishedResponse.newBuilder().setCid(cid).setTrack(track))
            .build());
  }

  private List<SignalResponse> published(TrackView track, String mid) {
    standing.put(track);
    return mid == null ? about(track.participant()) : List.of();
  }

  private List<SignalResponse> changed(TrackView track) {
    var before = standing.put(track);
    if (!standing.own(track.participant())) {
      return about(track.participant());
    }
    boolean same = before == null || before.muted() == track.muted();
    return same
        ? List.of()
        : List.of(update(ParticipantMessages.of(standing.self(), standing.tracks())));
  }

  private List<SignalResponse> unpublished(String participant, String track) {
    standing.drop(track);
    if (!standing.own(participant)) {
      return about(participant);
    }
    return List.of(
        SignalResponse.newBuilder()
            .setTrackUnpublished(TrackUnpublishedResponse.newBuilder().setTrackSid(track))
            .build());
  }

  /// A moderator's wish; one that names no track is for all of that kind.
  private List<SignalResponse> mute(Notice.Mute mute) {
    var messages = new ArrayList<SignalResponse>();
    for (var track : standing.tracks()) {
      boolean meant =
          mute.track() == null
              ? mute.kind() != null && mute.kind().name().equals(track.kind().name())
              : mute.track().equals(track.id());
      if (meant && standing.own(track.participant())) {
        messages.add(
            SignalResponse.newBuilder()
                .setMute(MuteTrackRequest.newBuilder().setSid(track.id()).setMuted(true))
                .build());
      }
    }
    return messages;
  }

  /// Who has lost an end for good begins anew: with the ends, all that was agreed on is gone.
  private static List<SignalResponse> media(PeerState state, String reason) {
    if (state != PeerState.CLOSED || "left".equals(reason)) {
      return List.of();
    }
    return "topology".equals(reason)
        ? leave(DisconnectReason.MEDIA_FAILURE, LeaveRequest.Action.DISCONNECT)
        : leave(DisconnectReason.STATE_MISMATCH, LeaveRequest.Action.RECONNECT);
  }

  private List<SignalResponse> flow(Notice.StreamState state) {
    var track = standing.track(state.track());
    if (track == null) {
      return List.of();
    }
    return List.of(
        SignalResponse.newBuilder()
            .setStreamStateUpdate(
                StreamStateUpdate.newBuilder()
                    .addStreamStates(
                        StreamStateInfo.newBuilder()
                            .setParticipantSid(track.participant())
                            .setTrackSid(track.id())
                            .setState(
                                state.held() == null ? StreamState.ACTIVE : StreamState.PAUSED)))
            .build());
  }

  private List<SignalResponse> quality(Notice.SubscribedQuality wanted) {
    var track = standing.track(wanted.track());
    return track == null
        ? List.of()
        : List.of(
            SignalResponse.newBuilder()
                .setSubscribedQualityUpdate(Layers.wanted(track, wanted))
                .build());
  }

  private static SignalResponse quality(Notice.ConnectionQuality quality) {
    return SignalResponse.newBuilder()
        .setConnectionQuality(
            ConnectionQualityUpdate.newBuilder()
                .addUpdates(
                    ConnectionQualityInfo.newBuilder()
                        .setParticipantSid(quality.participant())
                        .setQuality(quality(quality.quality()))
                        .setScore((float) quality.score())))
        .build();
  }

  private static ConnectionQuality quality(Quality quality) {
    return switch (quality) {
      case EXCELLENT -> ConnectionQuality.EXCELLENT;
      case GOOD -> ConnectionQuality.GOOD;
      case POOR -> ConnectionQuality.POOR;
      case LOST -> ConnectionQuality.LOST;
    };
  }

  private List<SignalResponse> speakers(List<SpeakerView> speakers) {
    var changed = SpeakersChanged.newBuilder();
    for (var speaker : speakers) {
      changed.addSpeakers(
          SpeakerInfo.newBuilder()
              .setSid(speaker.participant())
              .setLevel((float) speaker.level())
              .setActive(true));
    }
    var now = speakers.stream().map(SpeakerView::participant).collect(Collectors.toSet());
    for (var silent : standing.speak(now)) {
      changed.addSpeakers(SpeakerInfo.newBuilder().setSid(silent).setActive(false));
    }
    return changed.getSpeakersCount() == 0
        ? List.of()
        : List.of(SignalResponse.newBuilder().setSpeakersChanged(changed).build());
  }

  private SignalResponse room() {
    return SignalResponse.newBuilder()
        .setRoomUpdate(RoomUpdate.newBuilder().setRoom(room(standing)))
        .build();
  }

  /// The room as its members see it.
  static livekit.LivekitModels.Room room(Standing standing) {
    int publishers =
        (int) standing.tracks().stream().map(TrackView::participant).distinct().count();
    return RoomMessages.of(standing.room(), 1 + standing.others().size(), publishers);
  }
}
