package dev.parley.door.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.media.SfuCommand;
import dev.parley.room.RoomChange;
import dev.parley.room.RoomRefused;
import dev.parley.room.Topology;
import dev.parley.signal.Attachment;
import dev.parley.signal.CloseReason;
import dev.parley.signal.Ids;
import dev.parley.signal.Limits;
import dev.parley.signal.RecordedPort;
import dev.parley.signal.RoomsInMemory;
import dev.parley.signal.Signaling;
import dev.parley.socket.Frame;
import dev.parley.socket.Outlet;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// How long a message may be, and from whom.
class InletTest {
  private static final int SMALL = Limits.MOST_MESSAGE_BYTES;
  private static final int LONGEST = Limits.MOST_DESCRIPTION_BYTES;

  private final RoomsInMemory rooms = new RoomsInMemory();
  private final RecordedPort port = new RecordedPort(true);
  private long now = 1_700_000_000_000L;
  private final Signaling signaling =
      new Signaling(
          rooms,
          Limits.DEFAULTS,
          (host, identity) -> List.of(),
          port,
          () -> now,
          new Ids(new Random(3)),
          Runnable::run);

  /// A socket that keeps what it is sent.
  private final class Socket implements Outlet {
    final List<String> sent = new ArrayList<>();
    final Inlet inlet;
    CloseReason closed;

    Socket(Dialect dialect) {
      inlet =
          new Inlet(
              signaling,
              dialect,
              this,
              new Attachment.Knock("r", null, null, dialect == Dialect.CLASSIC),
              true);
    }

    @Override
    public void send(Frame frame, Done done) {
      sent.add(((Frame.Text) frame).text());
      done.sent(true);
    }

    @Override
    public void ping() {
      throw new AssertionError("nobody is silent here");
    }

    @Override
    public void takes(int octets) {
      assertEquals(LONGEST, octets);
    }

    @Override
    public void close(CloseReason reason) {
      closed = reason;
    }

    @Override
    public void later(Runnable task, long millis) {
      throw new AssertionError("everything is sent at once here");
    }

    Socket joined() {
      inlet.text("{\"type\":\"join\"}");
      assertTrue(sent.getFirst().startsWith("{\"type\":\"joined\""), sent.getFirst());
      sent.clear();
      return this;
    }

    void refused(String code) {
      assertTrue(sent.getLast().contains("\"code\":\"" + code + "\""), () -> sent.toString());
    }
  }

  private Socket socket() {
    return new Socket(Dialect.PARLEY_V1);
  }

  private void room(Boolean lobby) {
    try {
      rooms.create("r", new RoomChange(null, 9, null, Topology.SFU, null, lobby, null));
    } catch (RoomRefused e) {
      throw new AssertionError(e);
    }
  }

  /// A message of so many octets; its beginning and its end are given.
  private static String message(String beginning, String end, int octets) {
    return beginning + "v".repeat(octets - beginning.length() - end.length()) + end;
  }

  private static String ping(int octets) {
    return message("{\"type\":\"ping\",\"id\":5,\"x\":\"", "\"}", octets);
  }

  private static String offer(String to, int octets) {
    String beginning = "{\"type\":\"offer\",\"id\":6,\"to\":\"" + to + "\",\"sdp\":\"";
    return message(beginning, "\"}", octets);
  }

  private List<SfuCommand.Describe> described() {
    return port.all(SfuCommand.Describe.class);
  }

  @Test
  void aStrangersMessageMayBeSmallOnly() {
    var good = socket();
    good.inlet.text(ping(SMALL));
    assertEquals(List.of("{\"type\":\"pong\",\"re\":5}"), good.sent);
    var bad = socket();
    bad.inlet.text(ping(SMALL + 1));
    bad.refused("message-too-big");
    assertEquals(CloseReason.TOO_BIG, bad.closed);
    var early = socket();
    early.inlet.text(offer("sfu", SMALL + 1));
    early.refused("message-too-big");
    assertEquals(CloseReason.TOO_BIG, early.closed);
  }

  @Test
  void whoHasJoinedMaySendTheServerALongDescription() {
    room(false);
    var ann = socket().joined();
    String longest = offer("sfu", LONGEST);
    ann.inlet.text(longest);
    assertEquals(sdp(longest), described().getLast().sdp().length());
    assertNull(ann.closed);
  }

  private static int sdp(String offer) {
    return offer.length() - offer.indexOf("vv") - 2;
  }

  @Test
  void aDescriptionThatIsTooLongIsRefusedAndTheSocketStaysOpen() {
    room(false);
    var ann = socket().joined();
    ann.inlet.text(offer("sfu", LONGEST + 1));
    ann.refused("message-too-big");
    assertEquals(List.of(), described());
    ann.inlet.text(offer("sfu", LONGEST));
    assertEquals(1, described().size());
    assertNull(ann.closed);
  }

  @Test
  void octetsCountNotCharacters() {
    room(false);
    var ann = socket().joined();
    ann.inlet.text(offer("sfu", LONGEST - 1).replace("vvv", "€"));
    assertEquals(1, described().size());
    ann.inlet.text(offer("sfu", LONGEST + 1).replace("vvv", "€"));
    ann.refused("message-too-big");
    assertEquals(1, described().size());
  }

  @Test
  void nothingElseMayBeSoLong() {
    room(false);
    var ann = socket().joined();
    var bob = socket().joined();
    ann.sent.clear();
    String id = signaling.present("r").getLast().id();
    ann.inlet.text(offer(id, SMALL));
    assertEquals(1, bob.sent.size());
    for (String text : List.of(offer(id, SMALL + 1), ping(SMALL + 1), ping(LONGEST))) {
      ann.sent.clear();
      ann.inlet.text(text);
      ann.refused("message-too-big");
      assertTrue(ann.sent.getLast().contains("\"re\":"), ann.sent.getLast());
    }
    ann.inlet.text("[".repeat(SMALL + 1));
    ann.refused("message-too-big");
    assertNull(ann.closed);
    assertEquals(1, bob.sent.size());
  }

  @Test
  void whoWaitsInTheLobbyHasNotJoined() {
    room(true);
    var eve = socket();
    eve.inlet.text("{\"type\":\"join\"}");
    assertTrue(eve.sent.getLast().startsWith("{\"type\":\"waiting\""), eve.sent.getLast());
    eve.inlet.text(offer("sfu", SMALL + 1));
    eve.refused("message-too-big");
    assertEquals(CloseReason.TOO_BIG, eve.closed);
  }

  @Test
  void theClassicExchangeStaysSmall() {
    var page = new Socket(Dialect.CLASSIC);
    page.inlet.text(ping(SMALL + 1));
    assertEquals(CloseReason.TOO_BIG, page.closed);
  }

  @Test
  void aFloodOfLongDescriptionsIsAFloodOfMessages() {
    room(false);
    var ann = socket().joined();
    String answer =
        message("{\"type\":\"answer\",\"to\":\"sfu\",\"number\":1,\"sdp\":\"", "\"}", LONGEST);
    for (int i = 0; i < 20 && ann.closed == null; i++) {
      ann.inlet.text(answer);
    }
    assertEquals(CloseReason.TOO_MANY, ann.closed);
  }
}
