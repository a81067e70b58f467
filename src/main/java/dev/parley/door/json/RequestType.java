package dev.parley.door.json;

import dev.parley.media.Encryption;
import dev.parley.media.SdpType;
import dev.parley.room.Access;
import dev.parley.room.RoomChange;
import dev.parley.room.Topology;
import dev.parley.signal.Medium;
import dev.parley.signal.RelayKind;
import dev.parley.signal.Request;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// The requests of `parley.v1`: the `type` of each, and how its members are read.
enum RequestType {
  JOIN(
      (ref, m) ->
          new Request.Join(
              ref,
              m.string("token", 8_192),
              m.string("name", RequestType.MOST_NAME),
              m.bool("audio"),
              m.bool("video"),
              m.string("metadata", RequestType.MOST_METADATA),
              optional(m, "topology", Topology.class))),
  RESUME((ref, m) -> new Request.Resume(ref, id(m, "session"), whole(m, "seen", -1))),
  OFFER((ref, m) -> relay(ref, RelayKind.OFFER, "sdp", m)),
  ANSWER((ref, m) -> relay(ref, RelayKind.ANSWER, "sdp", m)),
  CANDIDATE((ref, m) -> relay(ref, RelayKind.CANDIDATE, "candidate", m)),
  UPDATE(
      (ref, m) ->
          new Request.Update(
              ref,
              name(m),
              m.bool("audio"),
              m.bool("video"),
              m.bool("screen"),
              m.bool("hand"),
              m.string("metadata", RequestType.MOST_METADATA),
              optional(m, "topology", Topology.class))),
  LEAVE((ref, m) -> new Request.Leave(ref)),
  PING((ref, m) -> new Request.Ping(ref, whole(m, "seen", -1))),
  REMOVE((ref, m) -> new Request.Remove(ref, id(m, "participant"), m.string("reason", 256))),
  MUTE((ref, m) -> m.has("participant") ? mute(ref, m) : MediaRequests.mute(ref, m)),
  UNPUBLISH(MediaRequests::unpublish),
  SUBSCRIBE(MediaRequests::subscribe),
  PAUSE(MediaRequests::pause),
  TRACK_SETTINGS(MediaRequests::settings),
  CLOSE((ref, m) -> new Request.CloseMedia(ref)),
  DATA(DataForms::read),
  LOCK((ref, m) -> new Request.Lock(ref, needed("locked", m.bool("locked")))),
  ADMIT((ref, m) -> new Request.Admit(ref, id(m, "participant"))),
  DENY((ref, m) -> new Request.Deny(ref, id(m, "participant"))),
  CONFIGURE((ref, m) -> new Request.Configure(ref, change(m)));

  private static final int MOST_NAME = 128;
  private static final int MOST_METADATA = 4_096;
  private static final int MOST_ID = 128;
  private static final Map<String, RequestType> BY_WORD = new HashMap<>();

  static {
    for (var type : values()) {
      BY_WORD.put(type.word(), type);
    }
  }

  /// Reads the members of one type.
  @FunctionalInterface
  interface Reader {
    Request read(String ref, JsonObject members) throws BadMessage;
  }

  private final Reader reader;
  private final String word = name().toLowerCase(Locale.ROOT).replace('_', '-');

  RequestType(Reader reader) {
    this.reader = reader;
  }

  /// The `type` member.
  String word() {
    return word;
  }

  /// The type with this word, or null.
  static RequestType of(String word) {
    return BY_WORD.get(word);
  }

  Request read(String ref, JsonObject members) throws BadMessage {
    return reader.read(ref, members);
  }

  private static Request relay(String ref, RelayKind kind, String member, JsonObject m)
      throws BadMessage {
    if (kind != RelayKind.CANDIDATE && Request.SFU.equals(id(m, "to"))) {
      return MediaRequests.describe(ref, SdpType.valueOf(kind.name()), m);
    }
    char first = m.kind(member);
    boolean fits = first == '"' || first == '{' || first == 'n' && kind == RelayKind.CANDIDATE;
    if (!fits) {
      throw new BadMessage(member + " must be a string or an object");
    }
    return new Request.Relay(ref, kind, id(m, "to"), m.raw(member), null);
  }

  private static Request mute(String ref, JsonObject m) throws BadMessage {
    String track = m.string("track", MOST_ID);
    Medium kind =
        track == null ? choice(m, "kind", Medium.class) : optional(m, "kind", Medium.class);
    return new Request.Mute(ref, id(m, "participant"), kind, track);
  }

  private static RoomChange change(JsonObject m) throws BadMessage {
    Long most = m.whole("maxParticipants");
    Long empty = m.whole("emptyTimeout");
    if (most != null && most != most.intValue()) {
      throw new BadMessage("maxParticipants is out of range");
    }
    // A hundred years: what is sensible is the rooms' to say, what fits a Duration is ours.
    if (empty != null && Math.abs(empty) > 3_153_600_000L) {
      throw new BadMessage("emptyTimeout is out of range");
    }
    return new RoomChange(
        m.string("title", 512),
        most == null ? null : most.intValue(),
        empty == null ? null : Duration.ofSeconds(empty),
        optional(m, "topology", Topology.class),
        optional(m, "access", Access.class),
        m.bool("lobby"),
        null,
        optional(m, "encryption", Encryption.class));
  }

  private static String name(JsonObject m) throws BadMessage {
    String name = m.string("name", RequestType.MOST_NAME);
    if (name != null && name.isBlank()) {
      throw new BadMessage("name must not be blank");
    }
    return name;
  }

  private static String id(JsonObject m, String member) throws BadMessage {
    return needed(member, m.string(member, MOST_ID));
  }

  private static long whole(JsonObject m, String member, long otherwise) throws BadMessage {
    Long value = m.whole(member);
    return value == null ? otherwise : value;
  }

  static <T> T needed(String member, T value) throws BadMessage {
    if (value == null) {
      throw new BadMessage(member + " is missing");
    }
    return value;
  }

  private static <E extends Enum<E>> E optional(JsonObject m, String member, Class<E> of)
      throws BadMessage {
    return m.has(member) ? choice(m, member, of) : null;
  }

  private static <E extends Enum<E>> E choice(JsonObject m, String member, Class<E> of)
      throws BadMessage {
    String word = needed(member, m.string(member, 32));
    for (var constant : of.getEnumConstants()) {
      if (constant.name().toLowerCase(Locale.ROOT).equals(word)) {
        return constant;
      }
    }
    throw new BadMessage(member + " is none of its words");
  }
}
