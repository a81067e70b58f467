package dev.parley.door.json;

import dev.parley.media.SdpType;
import dev.parley.room.RoomView;
import dev.parley.room.Topology;
import dev.parley.signal.IceServer;
import dev.parley.signal.Limits;
import dev.parley.signal.Notice;
import dev.parley.signal.ParticipantView;
import dev.parley.signal.Request;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/// The notices of `parley.v1`: the `type` of each, and how it is written.
enum NoticeType {
  JOINED,
  WAITING,
  RESUMED,
  PARTICIPANT_JOINED,
  PARTICIPANT_CHANGED,
  PARTICIPANT_LEFT,
  KNOCK,
  KNOCK_ENDED,
  OFFER,
  ANSWER,
  CANDIDATE,
  MUTE,
  MEDIA,
  TOPOLOGY,
  TRACK_PUBLISHED,
  TRACK_CHANGED,
  TRACK_UNPUBLISHED,
  TRACK_SUBSCRIBED,
  STREAM_STATE,
  LOAD,
  SUBSCRIBED_QUALITY,
  CONNECTION_QUALITY,
  SPEAKERS,
  DATA,
  ROOM,
  REMOVED,
  LEFT,
  OK,
  PONG,
  ERROR;

  private final String word = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /// The `type` member.
  String word() {
    return word;
  }

  /// The text of a notice, or null for one this dialect does not know.
  static String write(Notice notice, long seq) {
    return switch (notice) {
      case Notice.Relayed relayed -> relayed(relayed, seq);
      case Notice.Ok(String ref) -> end(OK.begin(0, ref));
      case Notice.Pong(String ref) -> end(PONG.begin(0, ref));
      case Notice.Error(String ref, var code, String message) ->
          end(ERROR.begin(0, ref).member("code", code.code()).member("message", message));
      case Notice.Joined joined -> joined(joined, seq);
      case Notice.Waiting waiting -> waiting(waiting, seq);
      case Notice.Resumed(String ref, long last) -> end(RESUMED.begin(last, ref));
      case Notice.ParticipantJoined(var who) -> participant(PARTICIPANT_JOINED, who, seq);
      case Notice.ParticipantChanged(var who) -> participant(PARTICIPANT_CHANGED, who, seq);
      case Notice.Knock(var who) -> participant(KNOCK, who, seq);
      case Notice.ParticipantLeft(String id, var why) ->
          end(
              PARTICIPANT_LEFT
                  .begin(seq, null)
                  .member("participant", id)
                  .member("reason", low(why)));
      case Notice.KnockEnded(String id) ->
          end(KNOCK_ENDED.begin(seq, null).member("participant", id));
      case Notice.Mute(String from, var kind, String track) ->
          end(
              MUTE.begin(seq, null)
                  .member("from", from)
                  .member("kind", low(kind))
                  .member("track", track));
      case Notice.Returned _,
          Notice.Announced _,
          Notice.SectionsWanted _,
          Notice.TrackWatched _,
          Notice.TrackAllowed _ ->
          null;
      case Notice.Described described -> described(described, seq);
      case Notice.MediaChanged(var state, String reason, var _) ->
          end(MEDIA.begin(seq, null).member("state", low(state)).member("reason", reason));
      case Notice.TopologyChanged(var mode) ->
          end(TOPOLOGY.begin(seq, null).member("mode", low(mode)));
      case Notice.TrackPublished(var track, String mid) ->
          end(
              MediaNotices.track(
                  TRACK_PUBLISHED.begin(seq, null).member("mid", mid).name("track"), track));
      case Notice.TrackChanged(var track) ->
          end(MediaNotices.track(TRACK_CHANGED.begin(seq, null).name("track"), track));
      case Notice.TrackUnpublished(String participant, String track) ->
          end(
              TRACK_UNPUBLISHED
                  .begin(seq, null)
                  .member("participant", participant)
                  .member("track", track));
      case Notice.TrackSubscribed(String track, String mid) -> {
        var out = TRACK_SUBSCRIBED.begin(seq, null).member("track", track);
        yield end(mid == null ? out.raw("mid", "null") : out.member("mid", mid));
      }
      case Notice.StreamState(String track, var held) ->
          end(
              STREAM_STATE
                  .begin(seq, null)
                  .member("track", track)
                  .member("state", held == null ? "active" : "paused")
                  .member("reason", held == null ? null : low(held)));
      case Notice.Load(var step) -> end(LOAD.begin(seq, null).member("step", low(step)));
      case Notice.SubscribedQuality quality ->
          end(MediaNotices.quality(SUBSCRIBED_QUALITY.begin(seq, null), quality));
      case Notice.ConnectionQuality quality ->
          end(MediaNotices.connection(CONNECTION_QUALITY.begin(seq, null), quality));
      case Notice.Speakers(var speakers) ->
          end(MediaNotices.speakers(SPEAKERS.begin(seq, null), speakers));
      case Notice.Data data -> DataForms.line(DATA, data, seq);
      case Notice.RoomChanged(RoomView room, var mode) ->
          end(room(ROOM.begin(seq, null), room, mode));
      case Notice.Removed(var why, String message) ->
          end(REMOVED.begin(seq, null).member("reason", low(why)).member("message", message));
      case Notice.Left(String ref) -> end(LEFT.begin(seq, ref));
    };
  }

  private static String relayed(Notice.Relayed relayed, long seq) {
    var type =
        switch (relayed.kind()) {
          case OFFER -> OFFER;
          case ANSWER -> ANSWER;
          case CANDIDATE -> CANDIDATE;
          case BYE -> null;
        };
    if (type == null) {
      return null;
    }
    String member = type == CANDIDATE ? "candidate" : "sdp";
    var out = new JsonWriter(relayed.body().length() + 96);
    return end(
        type.begin(out, seq, null).member("from", relayed.from()).raw(member, relayed.body()));
  }

  private static String described(Notice.Described described, long seq) {
    var type = described.type() == SdpType.OFFER ? OFFER : ANSWER;
    var out = new JsonWriter(described.sdp().length() + described.sdp().length() / 16 + 96);
    return end(
        type.begin(out, seq, described.ref())
            .member("from", Request.SFU)
            .member("number", described.number())
            .member("sdp", described.sdp()));
  }

  private static String joined(Notice.Joined joined, long seq) {
    var out = new JsonWriter(joined.weight());
    JOINED.begin(out, seq, joined.ref());
    participant(out.name("self"), joined.self());
    room(out.member("session", joined.session()), joined.room(), joined.topology());
    out.name("participants").open('[');
    joined.participants().forEach(one -> participant(out, one));
    iceServers(out.close(']'), joined.iceServers());
    return end(MediaNotices.tracks(limits(out, joined.limits()), joined.tracks()));
  }

  private static String waiting(Notice.Waiting waiting, long seq) {
    var out = WAITING.begin(seq, waiting.ref());
    participant(out.name("self"), waiting.self());
    room(out.member("session", waiting.session()), waiting.room(), waiting.topology());
    return end(limits(out, waiting.limits()));
  }

  private static String participant(NoticeType type, ParticipantView who, long seq) {
    return end(participant(type.begin(seq, null).name("participant"), who));
  }

  private static JsonWriter participant(JsonWriter out, ParticipantView one) {
    out.open('{')
        .member("id", one.id())
        .member("identity", one.identity())
        .member("name", one.name())
        .member("moderator", one.moderator())
        .member("guest", one.guest())
        .member("audio", one.audio())
        .member("video", one.video())
        .member("screen", one.screen())
        .member("hand", one.hand())
        .member("metadata", one.metadata())
        .member("joinedAt", one.joinedAt().toString())
        .member("connected", one.connected())
        .member("kind", low(one.kind()));
    if (!one.attributes().isEmpty()) {
      out.name("attributes").open('{');
      new TreeMap<>(one.attributes()).forEach(out::entry);
      out.close('}');
    }
    return out.close('}');
  }

  private static JsonWriter room(JsonWriter out, RoomView room, Topology mode) {
    return out.name("room")
        .open('{')
        .member("name", room.name())
        .member("title", room.title())
        .member("maxParticipants", room.maxParticipants())
        .member("emptyTimeout", room.emptyTimeout().toSeconds())
        .member("topology", low(room.topology()))
        .member("effectiveTopology", low(mode))
        .member("lobby", room.lobby())
        .member("locked", room.locked())
        .member("access", low(room.access()))
        .member("encryption", low(room.encryption()))
        .member("departureTimeout", room.departureTimeout().toSeconds())
        .member("metadata", room.metadata())
        .close('}');
  }

  private static void iceServers(JsonWriter out, List<IceServer> servers) {
    out.name("iceServers").open('[');
    for (var server : servers) {
      out.open('{').name("urls").open('[');
      server.urls().forEach(out::value);
      out.close(']')
          .member("username", server.username())
          .member("credential", server.credential())
          .close('}');
    }
    out.close(']');
  }

  private static JsonWriter limits(JsonWriter out, Limits limits) {
    return out.name("limits")
        .open('{')
        .member("maxMessageBytes", limits.maxMessageBytes())
        .member("maxDescriptionBytes", limits.maxDescriptionBytes())
        .member("resumeSeconds", limits.resume().toSeconds())
        .member("heartbeatSeconds", limits.heartbeat().toSeconds())
        .member("maxDataBytes", DataForms.LONGEST)
        .close('}');
  }

  private JsonWriter begin(long seq, String ref) {
    return begin(new JsonWriter(256), seq, ref);
  }

  JsonWriter begin(JsonWriter out, long seq, String ref) {
    out.open('{').member("type", word).raw("re", ref);
    return seq > 0 ? out.member("seq", seq) : out;
  }

  private static String end(JsonWriter out) {
    return out.close('}').toString();
  }

  private static String low(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
