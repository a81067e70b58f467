package dev.parley.door.livekit;

import dev.parley.door.livekit.message.TrackMessages;
import dev.parley.media.Preference;
import dev.parley.media.SdpType;
import dev.parley.media.SourceView;
import dev.parley.media.TrackKind;
import dev.parley.media.TrackView;
import dev.parley.signal.Audience;
import dev.parley.signal.End;
import dev.parley.signal.Request;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import livekit.LivekitModels.VideoQuality;
import livekit.LivekitRtc.AddTrackRequest;
import livekit.LivekitRtc.MuteTrackRequest;
import livekit.LivekitRtc.SessionDescription;
import livekit.LivekitRtc.SignalRequest;
import livekit.LivekitRtc.SubscriptionPermission;
import livekit.LivekitRtc.UpdateLocalAudioTrack;
import livekit.LivekitRtc.UpdateLocalVideoTrack;
import livekit.LivekitRtc.UpdateParticipantMetadata;
import livekit.LivekitRtc.UpdateSubscription;
import livekit.LivekitRtc.UpdateTrackSettings;

/// What a client asks for, as requests. The beginning of a `ref` says what was asked.
final class Wishes {
  static final String ADD = "add:";
  static final String OFFER = "offer:";
  static final String METADATA = "metadata:";
  static final String OTHER = "other:";

  private final Standing standing;

  Wishes(Standing standing) {
    this.standing = standing;
  }

  /// The requests of a message, in order; none for what needs no answer of the room.
  List<Request> read(SignalRequest message) {
    return switch (message.getMessageCase()) {
      case OFFER -> List.of(offer(message.getOffer()));
      case ANSWER -> List.of(answer(message.getAnswer()));
      case ADD_TRACK -> List.of(add(message.getAddTrack()));
      case MUTE -> List.of(mute(message.getMute()));
      case SUBSCRIPTION -> subscribe(message.getSubscription());
      case TRACK_SETTING -> settings(message.getTrackSetting());
      case SUBSCRIPTION_PERMISSION -> List.of(audience(message.getSubscriptionPermission()));
      case UPDATE_METADATA -> List.of(metadata(message.getUpdateMetadata()));
      case UPDATE_AUDIO_TRACK -> audio(message.getUpdateAudioTrack());
      case UPDATE_VIDEO_TRACK -> video(message.getUpdateVideoTrack());
      case LEAVE -> List.of(new Request.Leave(OTHER));
      default -> List.of();
    };
  }

  /// The sources of its sections are those that were announced.
  Request offer(SessionDescription offer) {
    var sources = new ArrayList<SourceView>();
    for (var section : Offered.read(offer.getSdp())) {
      if (section.kind() != null && section.sends() && section.mid() != null) {
        var said = standing.claim(section);
        if (said != null) {
          boolean encrypted = TrackWish.encrypted(TrackMessages.said(said.note()));
          sources.add(
              new SourceView(section.mid(), said.source(), said.muted(), encrypted, said.track()));
        }
      }
    }
    String ref = OFFER + Integer.toUnsignedString(offer.getId());
    return new Request.Describe(ref, SdpType.OFFER, 0, offer.getSdp(), sources, End.MAIN);
  }

  private static Request answer(SessionDescription answer) {
    return new Request.Describe(
        OTHER,
        SdpType.ANSWER,
        Integer.toUnsignedLong(answer.getId()),
        answer.getSdp(),
        List.of(),
        End.RECEIVING);
  }

  static Request add(AddTrackRequest wish) {
    return new Request.Announce(
        ADD + wish.getCid(),
        TrackMessages.word(wish.getSource()),
        wish.getMuted(),
        TrackWish.note(wish));
  }

  private Request mute(MuteTrackRequest mute) {
    standing.expectMuted(mute.getSid(), mute.getMuted());
    return new Request.MuteTrack(OTHER, mute.getSid(), mute.getMuted());
  }

  /// Tracks that are not there (any more) are left out: the others are not to suffer for them.
  private List<Request> subscribe(UpdateSubscription wish) {
    Set<String> named = new LinkedHashSet<>(wish.getTrackSidsList());
    wish.getParticipantTracksList().forEach(each -> named.addAll(each.getTrackSidsList()));
    List<String> tracks = named.stream().filter(id -> others(id) != null).toList();
    return tracks.isEmpty()
        ? List.of()
        : List.of(new Request.Subscribe(OTHER, tracks, wish.getSubscribe()));
  }

  private static Request audience(SubscriptionPermission wish) {
    var listeners = new ArrayList<Audience.Listener>();
    for (var each : wish.getTrackPermissionsList()) {
      String identity = each.getParticipantIdentity();
      String who = identity.isEmpty() ? each.getParticipantSid() : identity;
      var tracks = Set.copyOf(each.getTrackSidsList());
      listeners.add(new Audience.Listener(who, each.getAllTracks(), tracks));
    }
    return new Request.LimitAudience(
        OTHER, wish.getAllParticipants() ? Audience.ALL : new Audience(false, listeners));
  }

  private TrackView others(String id) {
    var track = standing.track(id);
    return track == null || standing.own(track.participant()) ? null : track;
  }

  private List<Request> settings(UpdateTrackSettings wish) {
    Map<String, Preference> preferences = new HashMap<>();
    List<String> audio = new ArrayList<>();
    for (String id : wish.getTrackSidsList()) {
      var track = others(id);
      if (track != null && track.kind() == TrackKind.AUDIO) {
        audio.add(id);
      } else if (track != null) {
        preferences.put(id, preference(wish, track));
      }
    }
    List<Request> requests = new ArrayList<>();
    if (!preferences.isEmpty()) {
      requests.add(new Request.TrackSettings(OTHER, preferences));
    }
    if (!audio.isEmpty()) {
      requests.add(new Request.Pause(OTHER, audio, wish.getDisabled()));
    }
    return requests;
  }

  /// Their priority 1 is the highest and 0 none; here the higher comes first.
  @SuppressWarnings("deprecation") // Sizes of layers are told there by most.
  private static Preference preference(UpdateTrackSettings wish, TrackView track) {
    int priority = wish.getPriority() > 0 ? Math.max(1, 256 - wish.getPriority()) : 0;
    int fps = Math.max(0, wish.getFps());
    if (wish.getDisabled() || wish.getQuality() == VideoQuality.OFF) {
      return new Preference(0, 0, fps, priority);
    }
    if (wish.getWidth() > 0 && wish.getHeight() > 0) {
      return new Preference(wish.getWidth(), wish.getHeight(), fps, priority);
    }
    if (wish.getQuality() != VideoQuality.HIGH) {
      for (var layer : TrackMessages.of(track).getLayersList()) {
        boolean sized = layer.getWidth() > 0 && layer.getHeight() > 0;
        if (layer.getQuality() == wish.getQuality() && sized) {
          return new Preference(layer.getWidth(), layer.getHeight(), fps, priority);
        }
      }
    }
    int most = Preference.ALL.width();
    return switch (wish.getQuality()) {
      case LOW -> new Preference(320, 180, fps, priority);
      case MEDIUM -> new Preference(640, 360, fps, priority);
      default -> new Preference(most, most, fps, priority);
    };
  }

  /// What is empty stays as it is, which is what the SDKs mean by it.
  private static Request metadata(UpdateParticipantMetadata wish) {
    String ref = METADATA + Integer.toUnsignedString(wish.getRequestId());
    return new Request.UpdateSelf(
        ref,
        wish.getName().isEmpty() ? null : wish.getName(),
        wish.getMetadata().isEmpty() ? null : wish.getMetadata(),
        wish.getAttributesMap());
  }

  private List<Request> audio(UpdateLocalAudioTrack wish) {
    var track = standing.track(wish.getTrackSid());
    if (track == null || track.note() == null) {
      return List.of();
    }
    var info =
        TrackMessages.said(track.note()).toBuilder()
            .clearAudioFeatures()
            .addAllAudioFeatures(wish.getFeaturesList());
    return List.of(new Request.Renote(OTHER, track.id(), TrackWish.note(info.build())));
  }

  private List<Request> video(UpdateLocalVideoTrack wish) {
    var track = standing.track(wish.getTrackSid());
    if (track == null || track.note() == null) {
      return List.of();
    }
    var info =
        TrackMessages.said(track.note()).toBuilder()
            .setWidth(wish.getWidth())
            .setHeight(wish.getHeight());
    return List.of(new Request.Renote(OTHER, track.id(), TrackWish.note(info.build())));
  }
}
