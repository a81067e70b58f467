package dev.parley.signal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.parley.media.DataMessage;
import dev.parley.media.SdpType;
import dev.parley.media.SfuCommand;
import dev.parley.media.SfuEvent;
import dev.parley.media.TrackKind;
import dev.parley.media.TrackView;
import dev.parley.room.RoomChange;
import dev.parley.room.RoomRefused;
import dev.parley.room.Topology;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// A server in virtual time, and people at its lines.
final class Stage {
  /// Data channels whose messages are `receiver:text`, or `:text` for all; what is no text it
  /// cannot say.
  static final DataForm FORM =
      new DataForm() {
        @Override
        public String label(boolean lossy) {
          return lossy ? "lossy" : "data";
        }

        @Override
        public Request.Data read(DataMessage message) {
          var parts = new String(message.octets(), StandardCharsets.UTF_8).split(":", 2);
          if (parts.length < 2) {
            return null;
          }
          boolean lossy = message.label().equals("lossy");
          var octets = parts[1].getBytes(StandardCharsets.UTF_8);
          return new Request.Data(
              null,
              parts[0].isEmpty() ? null : List.of(parts[0]),
              new DataContent(null, lossy, true, octets, null));
        }

        @Override
        public DataMessage write(Notice.Data data) {
          if (!data.content().text()) {
            return null;
          }
          var text = data.from() + ":" + data.content().string();
          return new DataMessage(
              label(data.content().lossy()), false, text.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public boolean lines() {
          return true;
        }
      };

  final RoomsInMemory rooms = new RoomsInMemory();
  final Limits limits;
  final Sfu port = new Sfu();
  final Signaling signaling;
  long now = 1_700_000_000_000L;

  Stage() {
    this(Limits.DEFAULTS);
  }

  Stage(Limits limits) {
    this(limits, Chronicle.NONE);
  }

  Stage(Limits limits, Chronicle chronicle) {
    this.limits = limits;
    signaling =
        new Signaling(
            rooms,
            limits,
            (host, identity) ->
                List.of(
                    new IceServer(List.of("stun:" + host), null, null),
                    new IceServer(List.of("turn:" + host), "1:" + identity, "password")),
            port,
            () -> now,
            new Ids(new Random(1)),
            Runnable::run,
            chronicle);
  }

  /// A room with settings.
  Stage room(RoomChange settings) {
    try {
      rooms.create("r", settings);
    } catch (RoomRefused e) {
      throw new AssertionError(e);
    }
    return this;
  }

  /// Lets time pass in steps as the ticker would.
  void pass(long millis) {
    for (long end = now + millis; now < end; ) {
      now = Math.min(end, now + 250);
      signaling.tick();
    }
  }

  Person person() {
    return new Person("r", false);
  }

  Person person(String room) {
    return new Person(room, false);
  }

  Person classic() {
    var person = new Person("r", true);
    person.says(new Request.Join(null, null, null, null, null, null));
    return person;
  }

  /// Someone who has joined.
  Person joined(String token) {
    var person = person();
    person.join(token);
    assertNotNull(person.id(), () -> "not joined but " + person.heard);
    person.clear();
    return person;
  }

  /// The media half: keeps its orders, tells what a test has it tell.
  final class Sfu extends RecordedPort {
    Sfu() {
      super(false);
    }

    void tells(SfuEvent event) {
      signaling.told(event);
    }
  }

  /// With a server to send through.
  Stage sfu() {
    port.available = true;
    return this;
  }

  /// With a server that all send through, however few they are.
  static Stage forwarding() {
    return new Stage().sfu().room(new RoomChange(null, 9, null, Topology.SFU, null, null, null));
  }

  /// A camera as others are told of it.
  static TrackView track(String id, Person of, boolean muted) {
    return new TrackView(id, of.id(), TrackKind.VIDEO, "camera", "VP8", muted, List.of());
  }

  /// The media half has a camera of someone.
  void up(String id, Person of) {
    port.tells(new SfuEvent.TrackUp("r", "unknown", "0", track(id, of, false)));
  }

  /// One socket and what came over it.
  final class Person implements Line {
    /// A notice with its number.
    record Heard(Notice notice, long seq) {}

    final List<Heard> heard = new ArrayList<>();
    final Attachment at;
    CloseReason closed;
    String id;
    String secret;
    long seen;
    int probes;
    int room = Integer.MAX_VALUE;

    Person(String room, boolean classic) {
      var form = classic ? null : FORM;
      var knock = new Attachment.Knock(room, "host.test", null, classic, false, form);
      at = signaling.open(knock, this);
    }

    void join(String token) {
      says(new Request.Join("1", token, null, true, true, null));
    }

    void says(Request request) {
      signaling.receive(at, request);
    }

    /// An offer to the server, with what comes back of it by `re`.
    void offersServer(long number, String sdp) {
      says(new Request.Describe("o" + number, SdpType.OFFER, number, sdp, List.of()));
    }

    /// Has an end at the server whose first offer was answered.
    String connects() {
      offersServer(1, "offer");
      var asked = port.last(SfuCommand.Describe.class);
      port.tells(
          new SfuEvent.Described("r", asked.peer(), asked.number(), SdpType.ANSWER, "answer"));
      clear();
      return asked.peer();
    }

    void offers(Person to, String sdp) {
      says(new Request.Relay(null, RelayKind.OFFER, to.id(), sdp, null));
    }

    void loses() {
      signaling.detached(at);
    }

    /// The same one on a new socket.
    Person resumes() {
      return resumes(seen);
    }

    Person resumes(long from) {
      var next = new Person("r", false);
      next.id = id;
      next.secret = secret;
      next.says(new Request.Resume("2", secret, from));
      return next;
    }

    String id() {
      return id;
    }

    void clear() {
      heard.clear();
    }

    List<Notice> notices() {
      return heard.stream().map(Heard::notice).toList();
    }

    <N extends Notice> List<N> all(Class<N> type) {
      return notices().stream().filter(type::isInstance).map(type::cast).toList();
    }

    <N extends Notice> N only(Class<N> type) {
      var all = all(type);
      assertEquals(1, all.size(), () -> type.getSimpleName() + " in " + notices());
      return all.getFirst();
    }

    void refusedWith(ErrorCode code) {
      assertEquals(code, only(Notice.Error.class).code());
    }

    void open() {
      assertNull(closed);
    }

    @Override
    public boolean send(Notice notice, long seq) {
      if (closed != null) {
        return true;
      }
      if (room == 0) {
        return false;
      }
      room--;
      heard.add(new Heard(notice, seq));
      seen = Math.max(seen, seq);
      switch (notice) {
        case Notice.Joined joined -> {
          id = joined.self().id();
          secret = joined.session();
        }
        case Notice.Waiting waiting -> {
          id = waiting.self().id();
          secret = waiting.session();
        }
        default -> {}
      }
      return true;
    }

    @Override
    public void close(CloseReason reason) {
      closed = closed == null ? reason : closed;
    }

    @Override
    public void probe() {
      probes++;
    }
  }
}
