package dev.parley.door.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.parley.media.TrackKind;
import dev.parley.media.TrackView;
import dev.parley.room.Access;
import dev.parley.room.RoomChange;
import dev.parley.room.RoomView;
import dev.parley.room.Topology;
import dev.parley.signal.Departure;
import dev.parley.signal.ErrorCode;
import dev.parley.signal.IceServer;
import dev.parley.signal.Limits;
import dev.parley.signal.Medium;
import dev.parley.signal.Notice;
import dev.parley.signal.ParticipantKind;
import dev.parley.signal.ParticipantView;
import dev.parley.signal.Permissions;
import dev.parley.signal.RelayKind;
import dev.parley.signal.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ParleyV1Test {
  static final ParticipantView ANN =
      new ParticipantView(
          "p1",
          "ann",
          "Ann \"A\"",
          true,
          false,
          true,
          false,
          false,
          true,
          null,
          Instant.parse("2026-01-02T03:04:05.678Z"),
          true,
          ParticipantKind.PERSON);
  static final RoomView ROOM =
      new RoomView(
          new UUID(1, 2),
          "r",
          "Räume",
          4,
          Duration.ofMinutes(5),
          Topology.AUTO,
          Access.OPEN,
          false,
          true);
  private static final String ANN_JSON =
      "{\"id\":\"p1\",\"identity\":\"ann\",\"name\":\"Ann \\\"A\\\"\",\"moderator\":true,"
          + "\"guest\":false,\"audio\":true,\"video\":false,\"screen\":false,\"hand\":true,"
          + "\"joinedAt\":\"2026-01-02T03:04:05.678Z\",\"connected\":true,\"kind\":\"person\"}";
  private static final String ROOM_JSON =
      "{\"name\":\"r\",\"title\":\"Räume\",\"maxParticipants\":4,\"emptyTimeout\":300,"
          + "\"topology\":\"auto\",\"effectiveTopology\":\"mesh\",\"lobby\":false,\"locked\":true,"
          + "\"access\":\"open\",\"encryption\":\"allowed\",\"departureTimeout\":300}";
  static final TrackView CAMERA =
      new TrackView("t1", "p1", TrackKind.VIDEO, "camera", "VP8", false, List.of("l", "h"));
  private static final String CAMERA_JSON =
      "{\"id\":\"t1\",\"participant\":\"p1\",\"kind\":\"video\",\"source\":\"camera\","
          + "\"codec\":\"VP8\",\"muted\":false,\"layers\":[\"l\",\"h\"],\"encrypted\":false}";
  private static final String LIMITS_JSON =
      "{\"maxMessageBytes\":65536,\"maxDescriptionBytes\":1572864,\"resumeSeconds\":20,\"heartbeatSeconds\":30,"
          + "\"maxDataBytes\":245760}";

  private static void reads(String text, Request expected) {
    assertEquals(expected, Dialect.PARLEY_V1.read(text.replace('\'', '"')));
  }

  private static void writes(Notice notice, long seq, String expected) {
    assertEquals(expected, Dialect.PARLEY_V1.write(notice, seq));
  }

  @Test
  void writesWhatApplicationsSayOfParticipantsAndRooms() {
    var ann =
        new ParticipantView(
            ANN.id(),
            ANN.identity(),
            ANN.name(),
            ANN.moderator(),
            ANN.guest(),
            ANN.audio(),
            ANN.video(),
            ANN.screen(),
            ANN.hand(),
            ANN.metadata(),
            ANN.joinedAt(),
            ANN.connected(),
            ANN.kind(),
            Map.of("b", "2", "\",\"moderator\":true,\"", "\"1\""),
            Permissions.ORDINARY,
            2);
    String attributes = "{\"\\\",\\\"moderator\\\":true,\\\"\":\"\\\"1\\\"\",\"b\":\"2\"}";
    writes(
        new Notice.ParticipantChanged(ann),
        3,
        "{\"type\":\"participant-changed\",\"seq\":3,\"participant\":"
            + ANN_JSON.substring(0, ANN_JSON.length() - 1)
            + ",\"attributes\":"
            + attributes
            + "}}");
  }

  @Test
  void readsEveryRequest() {
    reads(
        "{'type':'join','id':7,'token':'t','name':'\\u00e4\\n','audio':true,'video':null,'x':[{}]}",
        new Request.Join("7", "t", "ä\n", true, null, null));
    reads("{'type':'join'}", new Request.Join(null, null, null, null, null, null));
    reads("{'type':'resume','session':'s','seen':12}", new Request.Resume(null, "s", 12));
    reads(
        " {'type':'offer', 'to':'p2', 'sdp': 'v=0\\r\\n', 'id':'a'} ",
        new Request.Relay("\"a\"", RelayKind.OFFER, "p2", "\"v=0\\r\\n\"", null));
    reads(
        "{'type':'answer','to':'p2','sdp':{'type':'answer','sdp':'v'}}",
        new Request.Relay(
            null, RelayKind.ANSWER, "p2", "{\"type\":\"answer\",\"sdp\":\"v\"}", null));
    reads(
        "{'type':'candidate','to':'p2','candidate':null}",
        new Request.Relay(null, RelayKind.CANDIDATE, "p2", "null", null));
    reads(
        "{'type':'update','hand':true,'name':'B'}",
        new Request.Update(null, "B", null, null, null, true, null));
    reads("{'type':'leave'}", new Request.Leave(null));
    reads("{'type':'ping','id':-1.5e3}", new Request.Ping("-1.5e3", -1));
    reads("{'type':'ping','seen':3}", new Request.Ping(null, 3));
    reads("{'type':'remove','participant':'p','reason':'x'}", new Request.Remove(null, "p", "x"));
    reads(
        "{'type':'mute','participant':'p','kind':'video'}",
        new Request.Mute(null, "p", Medium.VIDEO));
    reads("{'type':'lock','locked':false}", new Request.Lock(null, false));
    reads("{'type':'admit','participant':'p'}", new Request.Admit(null, "p"));
    reads("{'type':'deny','participant':'p'}", new Request.Deny(null, "p"));
    reads(
        "{'type':'configure','maxParticipants':9,'emptyTimeout':0,'topology':'sfu',"
            + "'lobby':true,'access':'members','title':'T'}",
        new Request.Configure(
            null, new RoomChange("T", 9, Duration.ZERO, Topology.SFU, Access.MEMBERS, true, null)));
  }

  @Test
  void refusesMembersOfTheWrongKindAndSaysWhichInItsOwnWords() {
    reads("{'type':'flood'}", new Request.Unreadable(null, "unknown type", false));
    reads("{'id':1}", new Request.Unreadable("1", "unknown type", false));
    reads(
        "{'type':'join','audio':1}",
        new Request.Unreadable(null, "audio must be true or false", false));
    reads(
        "{'type':'offer','to':'p'}",
        new Request.Unreadable(null, "sdp must be a string or an object", false));
    reads("{'type':'offer','sdp':''}", new Request.Unreadable(null, "to is missing", false));
    reads(
        "{'type':'offer','to':'p','sdp':null}",
        new Request.Unreadable(null, "sdp must be a string or an object", false));
    reads(
        "{'type':'mute','participant':'p','kind':'smell'}",
        new Request.Unreadable(null, "kind is none of its words", false));
    reads(
        "{'type':'ping','seen':1.5}",
        new Request.Unreadable(null, "seen must be a whole number", false));
    reads(
        "{'type':'ping','seen':" + "9".repeat(400) + "}",
        new Request.Unreadable(null, "seen must be a whole number", false));
    reads(
        "{'type':'ping','id':{}}",
        new Request.Unreadable(
            null, "id must be a string or a number of at most 64 characters", false));
    reads(
        "{'type':'update','name':' '}",
        new Request.Unreadable(null, "name must not be blank", false));
    reads(
        "{'type':'configure','maxParticipants':3000000000}",
        new Request.Unreadable(null, "maxParticipants is out of range", false));
  }

  @Test
  void writesEveryNotice() {
    writes(
        new Notice.Joined(
            "7",
            ANN,
            "secret",
            ROOM,
            List.of(ANN),
            List.of(
                new IceServer(List.of("stun:h:3478"), null, null),
                new IceServer(List.of("turn:h"), "u", "c")),
            Limits.DEFAULTS,
            Topology.SFU,
            List.of(CAMERA)),
        1,
        "{\"type\":\"joined\",\"re\":7,\"seq\":1,\"self\":"
            + ANN_JSON
            + ",\"session\":\"secret\",\"room\":"
            + ROOM_JSON.replace("mesh", "sfu")
            + ",\"participants\":["
            + ANN_JSON
            + "],\"iceServers\":[{\"urls\":[\"stun:h:3478\"]},"
            + "{\"urls\":[\"turn:h\"],\"username\":\"u\",\"credential\":\"c\"}],\"limits\":"
            + LIMITS_JSON
            + ",\"tracks\":["
            + CAMERA_JSON
            + "]}");
    writes(
        new Notice.Waiting(null, ANN, "secret", ROOM, Limits.DEFAULTS, Topology.MESH),
        1,
        "{\"type\":\"waiting\",\"seq\":1,\"self\":"
            + ANN_JSON
            + ",\"session\":\"secret\",\"room\":"
            + ROOM_JSON
            + ",\"limits\":"
            + LIMITS_JSON
            + "}");
    writes(new Notice.Resumed("\"x\"", 9), 0, "{\"type\":\"resumed\",\"re\":\"x\",\"seq\":9}");
    writes(
        new Notice.ParticipantJoined(ANN),
        2,
        "{\"type\":\"participant-joined\",\"seq\":2,\"participant\":" + ANN_JSON + "}");
    writes(
        new Notice.ParticipantChanged(ANN),
        3,
        "{\"type\":\"participant-changed\",\"seq\":3,\"participant\":" + ANN_JSON + "}");
    writes(
        new Notice.ParticipantLeft("p1", Departure.TIMEOUT),
        4,
        "{\"type\":\"participant-left\",\"seq\":4,\"participant\":\"p1\",\"reason\":\"timeout\"}");
    writes(
        new Notice.Knock(ANN),
        5,
        "{\"type\":\"knock\",\"seq\":5,\"participant\":" + ANN_JSON + "}");
    writes(
        new Notice.KnockEnded("p1"),
        6,
        "{\"type\":\"knock-ended\",\"seq\":6,\"participant\":\"p1\"}");
    writes(
        new Notice.Relayed(RelayKind.OFFER, "p1", "{ }", null),
        7,
        "{\"type\":\"offer\",\"seq\":7,\"from\":\"p1\",\"sdp\":{ }}");
    writes(
        new Notice.Relayed(RelayKind.CANDIDATE, "p1", "null", null),
        8,
        "{\"type\":\"candidate\",\"seq\":8,\"from\":\"p1\",\"candidate\":null}");
    writes(
        new Notice.Mute("p1", Medium.AUDIO, null),
        9,
        "{\"type\":\"mute\",\"seq\":9,\"from\":\"p1\",\"kind\":\"audio\"}");
    writes(
        new Notice.RoomChanged(ROOM, Topology.MESH),
        10,
        "{\"type\":\"room\",\"seq\":10,\"room\":" + ROOM_JSON + "}");
    writes(
        new Notice.Removed(Departure.REMOVED, "</script>\u2028"),
        11,
        "{\"type\":\"removed\",\"seq\":11,\"reason\":\"removed\","
            + "\"message\":\"</script>\\u2028\"}");
    writes(new Notice.Left(null), 12, "{\"type\":\"left\",\"seq\":12}");
    writes(new Notice.Ok("1"), 0, "{\"type\":\"ok\",\"re\":1}");
    writes(new Notice.Pong(null), 0, "{\"type\":\"pong\"}");
    writes(
        new Notice.Error("1", ErrorCode.NOT_ALLOWED, "no"),
        0,
        "{\"type\":\"error\",\"re\":1,\"code\":\"not-allowed\",\"message\":\"no\"}");
  }

  @Test
  void nothingSecretStandsInTheTextOfARecord() {
    assertFalse(
        Dialect.PARLEY_V1
            .read("{\"type\":\"join\",\"token\":\"secret\"}")
            .toString()
            .contains("secret"));
    assertFalse(
        Dialect.PARLEY_V1
            .read("{\"type\":\"resume\",\"session\":\"secret\"}")
            .toString()
            .contains("secret"));
    assertFalse(new IceServer(List.of(), "u", "secret").toString().contains("secret"));
  }
}
