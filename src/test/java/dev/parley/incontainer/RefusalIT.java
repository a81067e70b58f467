package dev.parley.incontainer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.parley.lab.SignedToken;
import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Who and what is refused at a real socket is told why, and leaves nothing behind.
class RefusalIT {
  private static final String ROOM = "refused";
  private static final String FOREIGN = "https://elsewhere.example";

  private static ParleyServer server;
  private static Administrator admin;

  /// Tokens that are wrong in one respect each, by the code they are refused with.
  enum Flaw {
    SIGNATURE("token-signature") {
      @Override
      String token() {
        return SignedToken.join(
            server.apiKeyId(), "not-the-secret-of-this-server-012345", ROOM, "eve", soon());
      }
    },
    EXPIRED("token-expired") {
      @Override
      String token() {
        return SignedToken.join(
            server.apiKeyId(), server.apiKeySecret(), ROOM, "eve", soon().minusSeconds(86_400));
      }
    },
    OTHER_ROOM("token-other-room") {
      @Override
      String token() {
        return good("elsewhere");
      }
    },
    MALFORMED("token-malformed") {
      @Override
      String token() {
        return "eyJhbGciOiJub25lIn0.not-a-token-at-all.nothing-was-signed";
      }
    },
    UNKNOWN_KEY("token-unknown-key") {
      @Override
      String token() {
        return SignedToken.join("nobody", server.apiKeySecret(), ROOM, "eve", soon());
      }
    };

    private final String code;

    Flaw(String code) {
      this.code = code;
    }

    abstract String token();
  }

  /// The ways a token comes in.
  enum Way {
    JOIN {
      @Override
      SignalSocket come(String token) {
        var socket = SignalSocket.open(server.signal(ROOM));
        socket.join(token);
        return socket;
      }
    },
    QUERY {
      @Override
      SignalSocket come(String token) {
        var socket = SignalSocket.open(URI.create(server.signal(ROOM) + "?access_token=" + token));
        socket.join(null);
        return socket;
      }
    },
    HEADER {
      @Override
      SignalSocket come(String token) {
        var socket = SignalSocket.open(server.signal(ROOM), "Authorization", "Bearer " + token);
        socket.join(null);
        return socket;
      }
    },
    CLASSIC {
      @Override
      SignalSocket come(String token) {
        return SignalSocket.classic(URI.create(server.signal(ROOM) + "?access_token=" + token));
      }
    };

    abstract SignalSocket come(String token);
  }

  @BeforeAll
  static void start() throws Exception {
    // A lost socket has left at once, so that what one test leaves is not found by the next.
    server = ParleyServer.start("parley.signal.resume=0");
    admin = Administrator.of(server, server.adminPassword());
    assertEquals(201, admin.makeRoom("open", "open"));
  }

  @AfterAll
  static void stop() {
    admin.close();
    server.close();
  }

  static Stream<Arguments> everyFlawOnEveryWay() {
    return Arrays.stream(Flaw.values())
        .flatMap(flaw -> Arrays.stream(Way.values()).map(way -> Arguments.of(flaw, way)));
  }

  @ParameterizedTest
  @MethodSource("everyFlawOnEveryWay")
  void aFlawedTokenIsToldItsFlawAndLeavesNothing(Flaw flaw, Way way) throws Exception {
    String token = flaw.token();
    try (var eve = way.come(token)) {
      assertEquals(flaw.code, eve.next("error").getString("code"));
      assertEquals(4001, eve.closeCode());
    }
    nothingIsLeft();
    for (String part : token.split("\\.")) {
      assertFalse(server.console().contains(part), "a part of the token is on the console");
    }
  }

  /// Without this the test above would pass where everyone is refused.
  @ParameterizedTest
  @MethodSource("waysOfParley")
  void aGoodTokenIsTakenOnEveryWay(Way way) throws Exception {
    assertEquals(201, admin.makeRoom(ROOM, "members"));
    try (var ada = way.come(good(ROOM))) {
      assertEquals(ROOM, ada.next("joined").getJsonObject("room").getString("name"));
    }
    Figures.await(server, "parley_participants", 0);
    admin.deleteRoom(ROOM);
    nothingIsLeft();
  }

  static Stream<Way> waysOfParley() {
    return Stream.of(Way.JOIN, Way.QUERY, Way.HEADER);
  }

  @Test
  void aPageOfAForeignOriginIsRefused() throws Exception {
    try (var page = SignalSocket.open(server.signal("open"), "Origin", FOREIGN)) {
      assertEquals("origin-refused", page.next("error").getString("code"));
      assertEquals(4006, page.closeCode());
    }
    nothingIsLeft();
  }

  @Test
  void aPageOfThisServerIsNot() throws Exception {
    String own = "http://localhost:" + server.httpPort();
    try (var page = SignalSocket.open(server.signal("open"), "Origin", own)) {
      page.join(null);
      page.next("joined");
    }
    Figures.await(server, "parley_participants", 0);
  }

  @Test
  void aMessageAbove64KibibytesCloses() throws Exception {
    try (var stranger = SignalSocket.open(server.signal("open"))) {
      stranger.pour(ping(65_537));
      assertEquals(1009, stranger.closeCode());
    }
    nothingIsLeft();
  }

  @Test
  void aMessageOf64KibibytesIsTaken() throws Exception {
    try (var stranger = SignalSocket.open(server.signal("open"))) {
      stranger.send(ping(65_536));
      stranger.next("pong");
    }
    nothingIsLeft();
  }

  @Test
  void whoHasJoinedMaySendTheServerALongDescription() throws Exception {
    try (var ann = SignalSocket.open(server.signal("open"))) {
      ann.join(null);
      ann.next("joined");
      String text = "x".repeat(1_000_000);
      ann.send("{\"type\":\"offer\",\"to\":\"sfu\",\"id\":1,\"sdp\":\"" + text + "\"}");
      assertNotEquals("message-too-big", ann.next("error").getString("code"));
      ann.send(ping(65_537));
      assertEquals("message-too-big", ann.next("error").getString("code"));
      ann.send(ping(65_536));
      ann.next("pong");
    }
    Figures.await(server, "parley_participants", 0);
  }

  @Test
  void aBinaryFrameCloses() throws Exception {
    try (var stranger = SignalSocket.open(server.signal("open"))) {
      stranger.send(new byte[] {1, 2, 3});
      assertEquals("bad-request", stranger.next("error").getString("code"));
      assertEquals(4000, stranger.closeCode());
    }
    nothingIsLeft();
  }

  @Test
  void theClassicExchangeIsForTwo() throws Exception {
    try (var ada = SignalSocket.classic(server.signal("open"));
        var bob = SignalSocket.classic(server.signal("open"))) {
      Figures.await(server, "parley_participants", 2);
      ada.send("{\"type\":\"offer\",\"sdp\":\"from ada\"}");
      assertEquals("from ada", bob.next("offer").getString("sdp"));
      bob.send("{\"type\":\"answer\",\"sdp\":\"from bob\"}");
      assertEquals("from bob", ada.next("answer").getString("sdp"));
      try (var third = SignalSocket.classic(server.signal("open"))) {
        assertEquals("room-full", third.next("error").getString("code"));
        assertEquals(4010, third.closeCode());
      }
      assertEquals(2, Figures.of(server, "parley_participants"));
    }
    Figures.await(server, "parley_participants", 0);
  }

  private static void nothingIsLeft() throws Exception {
    assertEquals(Set.of("open"), admin.rooms());
    assertEquals(0, Figures.of(server, "parley_participants"));
    assertEquals(0, Figures.of(server, "parley_rooms_live"));
  }

  private static String ping(int length) {
    String frame = "{\"type\":\"ping\",\"filling\":\"\"}";
    String ping = frame.replace("\"\"", "\"" + "x".repeat(length - frame.length()) + "\"");
    assertEquals(length, ping.length());
    return ping;
  }

  private static String good(String room) {
    return SignedToken.join(server.apiKeyId(), server.apiKeySecret(), room, "ada", soon());
  }

  private static Instant soon() {
    return Instant.now().plusSeconds(600);
  }
}
