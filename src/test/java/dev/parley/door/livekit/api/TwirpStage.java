package dev.parley.door.livekit.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import dev.parley.identity.Grant;
import dev.parley.identity.TokenRefused;
import dev.parley.media.DataMessage;
import dev.parley.media.SdpType;
import dev.parley.media.SfuEvent;
import dev.parley.media.TrackKind;
import dev.parley.media.TrackView;
import dev.parley.room.RoomChange;
import dev.parley.room.RoomRefused;
import dev.parley.room.Topology;
import dev.parley.signal.Attachment;
import dev.parley.signal.CloseReason;
import dev.parley.signal.DataForm;
import dev.parley.signal.Ids;
import dev.parley.signal.Limits;
import dev.parley.signal.Line;
import dev.parley.signal.Notice;
import dev.parley.signal.RecordedPort;
import dev.parley.signal.Request;
import dev.parley.signal.RoomsInMemory;
import dev.parley.signal.Signaling;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// The door with signaling behind it. A token is a caller's name with any of `+create`, `+list`,
/// `+admin`, and `@room` at its end where it is for one room; the reasons of [TokenRefused] by name
/// are refused.
final class TwirpStage {
  /// Of clients that are told everything by their socket.
  private static final DataForm LINES =
      new DataForm() {
        @Override
        public String label(boolean lossy) {
          return "none";
        }

        @Override
        public Request.Data read(DataMessage message) {
          return null;
        }

        @Override
        public DataMessage write(Notice.Data data) {
          return null;
        }

        @Override
        public boolean lines() {
          return true;
        }
      };

  final RoomsInMemory rooms = new RoomsInMemory();
  final RecordedPort port = new RecordedPort(true);
  final Signaling signaling =
      new Signaling(
          rooms,
          Limits.DEFAULTS,
          (host, identity) -> List.of(),
          port,
          () -> 1_700_000_000_000L,
          new Ids(new Random(1)),
          Runnable::run);
  final TwirpDoor door = new TwirpDoor(rooms, signaling, TwirpStage::grant);

  private static Grant grant(String token) throws TokenRefused {
    if (token == null) {
      throw new TokenRefused(TokenRefused.Reason.MISSING, "an access token is needed");
    }
    for (var reason : TokenRefused.Reason.values()) {
      if (reason.name().equals(token)) {
        throw new TokenRefused(reason, "no");
      }
    }
    String[] place = token.split("@", 2);
    var words = List.of(place[0].split("\\+"));
    return new Grant(
        words.getFirst(),
        words.getFirst(),
        place.length > 1 ? place[1] : null,
        false,
        words.contains("create"),
        words.contains("list"),
        words.contains("admin"),
        true,
        true,
        true,
        false,
        null,
        Instant.MAX);
  }

  /// Calls with protobuf and a token that may do everything.
  Answer call(String method, Message request) {
    return call("app+create+list+admin", method, request);
  }

  Answer call(String token, String method, Message request) {
    return send(
        "POST",
        "livekit.RoomService/" + method,
        "application/protobuf",
        token,
        request.toByteArray());
  }

  /// Calls with JSON and a token that may do everything.
  Answer json(String method, String body) {
    return send(
        "POST",
        "livekit.RoomService/" + method,
        "application/json; charset=utf-8",
        "app+create+list+admin",
        body.getBytes(StandardCharsets.UTF_8));
  }

  Answer send(String verb, String path, String type, String token, byte[] body) {
    return door.answer(new Call(verb, path, type, token == null ? null : "Bearer " + token, body));
  }

  /// The message of an answer that succeeded.
  @SuppressWarnings("unchecked") // A message of the form's own type.
  static <M extends Message> M message(M form, Answer answer) {
    assertEquals(200, answer.status(), () -> text(answer));
    try {
      var into = form.newBuilderForType();
      if (answer.type().equals("application/json")) {
        JsonFormat.parser().merge(text(answer), into);
      } else {
        assertEquals("application/protobuf", answer.type());
        into.mergeFrom(answer.body());
      }
      return (M) into.build();
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  static String text(Answer answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  static void refused(TwirpCode code, Answer answer) {
    assertEquals("application/json", answer.type());
    assertEquals(code.status(), answer.status(), () -> text(answer));
    assertEquals(
        "{\"code\":\"" + code.code() + "\"", text(answer).split(",\"msg\"")[0], text(answer));
  }

  /// A room whose media goes through the server.
  TwirpStage room(String name) {
    try {
      rooms.create(name, new RoomChange(null, 9, null, Topology.SFU, null, null, null));
    } catch (RoomRefused e) {
      throw new AssertionError(e);
    }
    return this;
  }

  /// Somebody joins.
  ///
  /// @param token as [RoomsInMemory] has them
  Person joins(String room, String token) {
    var person = new Person(room);
    person.says(new Request.Join("1", token, null, true, true, null));
    return person;
  }

  /// A person's socket and what came over it.
  final class Person implements Line {
    final List<Notice> heard = new ArrayList<>();
    private final Attachment at;
    private final String room;
    CloseReason closed;
    String id;

    Person(String room) {
      this.room = room;
      at = signaling.open(new Attachment.Knock(room, "host.test", null, false, false, LINES), this);
    }

    void says(Request request) {
      signaling.receive(at, request);
    }

    /// Has an end at the server.
    Person connects() {
      says(new Request.Describe("o", SdpType.OFFER, 1, "offer", List.of()));
      return this;
    }

    /// Publishes a camera.
    Person publishes(String track) {
      signaling.told(
          new SfuEvent.TrackUp(
              room,
              "unknown",
              "0",
              new TrackView(
                  track, id, TrackKind.VIDEO, "camera", "VP8", false, List.of("q", "h", "f"))));
      return this;
    }

    <N extends Notice> N last(Class<N> type) {
      return heard.stream().filter(type::isInstance).map(type::cast).toList().getLast();
    }

    <N extends Notice> List<N> all(Class<N> type) {
      return heard.stream().filter(type::isInstance).map(type::cast).toList();
    }

    @Override
    public boolean send(Notice notice, long seq) {
      heard.add(notice);
      if (notice instanceof Notice.Joined joined) {
        id = joined.self().id();
      }
      return true;
    }

    @Override
    public void close(CloseReason reason) {
      closed = reason;
    }
  }
}
