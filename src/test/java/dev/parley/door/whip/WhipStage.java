package dev.parley.door.whip;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.identity.Grant;
import dev.parley.identity.TokenRefused;
import dev.parley.media.PeerState;
import dev.parley.media.SdpType;
import dev.parley.media.SfuCommand;
import dev.parley.media.SfuEvent;
import dev.parley.media.SfuRefusal;
import dev.parley.signal.IceServer;
import dev.parley.signal.Ids;
import dev.parley.signal.Limits;
import dev.parley.signal.RecordedPort;
import dev.parley.signal.RoomsInMemory;
import dev.parley.signal.Signaling;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/// The door with signaling behind it, and a media half that says what a test has it say. Tokens are
/// words as [RoomsInMemory] has them; `bad` is no token, `other` one of another room.
final class WhipStage {
  static final String OFFER =
      """
      v=0
      o=- 1 1 IN IP4 127.0.0.1
      s=-
      t=0 0
      m=video 9 UDP/TLS/RTP/SAVPF 96
      a=ice-ufrag:Aaaa
      a=ice-pwd:aaaaaaaaaaaaaaaaaaaaaaaa
      """;

  static final String ANSWER = "v=0\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\na=sendonly\r\n";

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
  final WhipDoor door;

  WhipStage() {
    this(Duration.ofMinutes(1));
  }

  WhipStage(Duration patience) {
    door =
        new WhipDoor(
            signaling,
            WhipStage::grant,
            (host, identity) ->
                List.of(
                    new IceServer(List.of("stun:" + host), null, null),
                    new IceServer(List.of("turn:" + host + "?transport=udp"), identity, "pass")),
            patience);
  }

  private static Grant grant(String token, String room) throws TokenRefused {
    for (var reason : TokenRefused.Reason.values()) {
      if (reason.name().equals(token)) {
        throw new TokenRefused(reason, "no");
      }
    }
    var words = List.of(token.split("\\+"));
    return new Grant(
        words.getFirst(),
        words.getFirst(),
        room,
        true,
        false,
        false,
        false,
        !words.contains("silent"),
        !words.contains("deaf"),
        true,
        words.contains("hidden"),
        null,
        Instant.MAX);
  }

  /// The media half answers the last offer.
  void answers(String sdp) {
    var offer = port.last(SfuCommand.Describe.class);
    signaling.told(
        new SfuEvent.Described(offer.room(), offer.peer(), offer.number(), SdpType.ANSWER, sdp));
  }

  void refuses(SfuRefusal reason) {
    var offer = port.last(SfuCommand.Describe.class);
    signaling.told(
        new SfuEvent.DescriptionRefused(
            offer.room(), offer.peer(), offer.number(), reason, "because"));
  }

  void restarts(String fragment) {
    var order = port.last(SfuCommand.RestartIce.class);
    signaling.told(new SfuEvent.IceRestarted(order.room(), order.peer(), order.number(), fragment));
  }

  void refusesRestart(SfuRefusal reason) {
    var order = port.last(SfuCommand.RestartIce.class);
    signaling.told(
        new SfuEvent.DescriptionRefused(
            order.room(), order.peer(), order.number(), reason, "because"));
  }

  void loses(String room, String peer) {
    signaling.told(new SfuEvent.PeerChanged(room, peer, PeerState.CLOSED, "consent"));
  }

  /// A request that is good but for what a test changes.
  Request request(String method, String path) {
    return new Request(method, path);
  }

  /// Somebody publishes.
  ///
  /// @return the path of the session
  String publishing(String token) {
    return opened("/whip/r", token);
  }

  String watching(String token) {
    return opened("/whep/r", token);
  }

  private String opened(String path, String token) {
    var answer = request("POST", path).token(token).send();
    answers(ANSWER);
    return answer.join().header("Location");
  }

  final class Request {
    private final Map<String, String> headers = new HashMap<>(Map.of("host", "host.test:8080"));
    private final String method;
    private final String path;
    private byte[] body = OFFER.getBytes(StandardCharsets.UTF_8);

    private Request(String method, String path) {
      this.method = method;
      this.path = path;
      header("content-type", method.equals("PATCH") ? Endpoint.FRAGMENT : Endpoint.SDP);
    }

    Request header(String name, String value) {
      headers.put(name, value);
      return this;
    }

    Request without(String name) {
      headers.remove(name);
      return this;
    }

    Request token(String token) {
      return header("authorization", "Bearer " + token);
    }

    Request body(String text) {
      return body(text.getBytes(StandardCharsets.UTF_8));
    }

    Request body(byte[] octets) {
      body = octets;
      return this;
    }

    CompletableFuture<Answer> send() {
      String[] part = path.substring(1).split("/");
      return door.answer(
              new Ask(
                  part[0].equals("whip") ? Way.WHIP : Way.WHEP,
                  method,
                  path,
                  part.length > 1 ? part[1] : null,
                  part.length > 2 ? part[2] : null,
                  headers,
                  body))
          .toCompletableFuture();
    }

    /// The answer that needs no media half.
    Answer now() {
      var answer = send();
      assertTrue(answer.isDone(), "waits for the media half");
      return answer.join();
    }
  }
}
