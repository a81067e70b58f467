package dev.parley.door.whip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.parley.media.SfuCommand;
import dev.parley.media.SfuRefusal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a client sees at the URL of its session.
class SessionResourceTest {
  private static final String TRICKLE =
      "m=video 9 UDP/TLS/RTP/SAVPF 96\r\na=mid:0\r\na=ice-ufrag:Aaaa\r\n"
          + "a=ice-pwd:aaaaaaaaaaaaaaaaaaaaaaaa\r\n"
          + "a=candidate:1 1 udp 2122260223 192.0.2.1 61764 typ host\r\na=end-of-candidates\r\n";

  private static final String RESTART = TRICKLE.replace("Aaaa", "Bbbb");

  private final WhipStage stage = new WhipStage();
  private final String path = stage.publishing("obs");

  private WhipStage.Request patch(String match, String body) {
    var request = stage.request("PATCH", path).body(body);
    return match == null ? request : request.header("if-match", match);
  }

  private String peer() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"1\"", "*", "\"*\"", "\"0\", \"1\""})
  void candidatesAreTaken(String match) {
    var answer = patch(match, TRICKLE).now();
    assertEquals(204, answer.status());
    assertNull(answer.body());
    assertNull(answer.header("ETag"));
  }

  @Test
  void aFragmentWithoutCredentialsIsOfTheSessionThereIs() {
    assertEquals(204, patch("\"1\"", "a=end-of-candidates\n").now().status());
  }

  @Test
  void theEntityTagIsAskedForAndCompared() {
    assertEquals(428, patch(null, TRICKLE).now().status());
    assertEquals(412, patch("\"2\"", TRICKLE).now().status());
    assertEquals(412, patch("W/\"1\"", TRICKLE).now().status());
    assertEquals(412, patch("1", RESTART).now().status());
    assertEquals(
        0, stage.port.orders.stream().filter(o -> o instanceof SfuCommand.RestartIce).count());
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "\"*\"", "\"1\""})
  void newCredentialsRestartIce(String match) {
    var answer = patch(match, RESTART).send();
    var order = stage.port.last(SfuCommand.RestartIce.class);
    assertEquals(
        new SfuCommand.RestartIce("r", peer(), order.number(), "Bbbb", "aaaaaaaaaaaaaaaaaaaaaaaa"),
        order);
    stage.restarts("a=ice-ufrag:srv\r\n");
    assertEquals(200, answer.join().status());
    assertEquals("application/trickle-ice-sdpfrag", answer.join().type());
    assertEquals("a=ice-ufrag:srv\r\n", answer.join().body());
    assertEquals("\"2\"", answer.join().header("ETag"));
    assertEquals(412, patch("\"1\"", RESTART).now().status());
    assertEquals(204, patch("\"2\"", RESTART).now().status());
  }

  @ParameterizedTest
  @CsvSource({"SDP_MALFORMED, 400", "SDP_UNACCEPTABLE, 406", "UNAVAILABLE, 503"})
  void aRestartThatFailsLeavesTheSessionAsItWas(SfuRefusal why, int status) {
    var answer = patch("*", RESTART).send();
    stage.refusesRestart(why);
    assertEquals(status, answer.join().status());
    assertEquals(204, patch("\"1\"", TRICKLE).now().status());
  }

  @Test
  void aRestartIsNotWaitedForForEverAndEndsNothing() {
    var hasty = new WhipStage(Duration.ofMillis(500));
    String session = hasty.publishing("obs");
    var answer =
        hasty.request("PATCH", session).header("if-match", "*").body(RESTART).send().join();
    assertEquals(504, answer.status());
    assertEquals(1, hasty.door.sessions());
  }

  @Test
  void aSessionThatEndsDuringItsRestartIsGone() {
    var answer = patch("*", RESTART).send();
    stage.loses("r", peer());
    assertEquals(404, answer.join().status());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\r\n",
        "hello",
        "{\"candidate\": null}",
        "a=ice-ufrag:no",
        "a=ice-ufrag:Bbbb\r\na=ice-pwd:short",
        "a=ice-ufrag:Bbbb",
        "a=ice-ufrag:B bb\r\na=ice-pwd:aaaaaaaaaaaaaaaaaaaaaaaa",
      })
  void whatIsNoFragmentIsRefused(String body) {
    assertEquals(400, patch("*", body).now().status());
  }

  @Test
  void onlyFragmentsAreTakenAndSmallOnes() {
    assertEquals(415, patch("*", TRICKLE).header("content-type", "application/sdp").now().status());
    assertEquals(413, patch("*", "a=candidate:1 1 udp\r\n".repeat(4_000)).now().status());
  }

  @Test
  void deletingEndsItOnce() {
    assertEquals(200, stage.request("DELETE", path).now().status());
    assertEquals(
        new SfuCommand.ClosePeer("r", peer()), stage.port.last(SfuCommand.ClosePeer.class));
    assertEquals(List.of(), stage.signaling.present("r"));
    assertEquals(404, stage.request("DELETE", path).now().status());
    assertEquals(404, patch("*", TRICKLE).now().status());
    assertEquals(0, stage.door.sessions());
  }

  @Test
  void aSessionThatEndedByItselfIsNotThereAnyMore() {
    stage.loses("r", peer());
    assertEquals(404, stage.request("DELETE", path).now().status());
    String removed = stage.publishing("obs");
    stage.signaling.remove("r", "obs#encoder", null);
    assertEquals(404, stage.request("GET", removed).now().status());
    String closed = stage.publishing("obs");
    stage.signaling.closeRoom("r");
    assertEquals(404, stage.request("GET", closed).now().status());
    assertEquals(0, stage.door.sessions());
  }

  @Test
  void itIsFoundAtItsOwnAddressOnly() {
    for (String other :
        List.of("/whep/r/" + peer(), "/whip/s/" + peer(), "/whip/r/" + peer() + "x")) {
      assertEquals(404, stage.request("DELETE", other).now().status());
      assertEquals(404, stage.request("HEAD", other).now().status());
    }
    assertEquals(204, stage.request("HEAD", path).now().status());
  }

  @Test
  void aPreflightNeedsNoSession() {
    var answer = stage.request("OPTIONS", "/whip/r/unknown").now();
    assertEquals(200, answer.status());
    assertEquals("PATCH, DELETE, OPTIONS", answer.header("Access-Control-Allow-Methods"));
    assertEquals("application/trickle-ice-sdpfrag", answer.header("Accept-Patch"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "TRACE"})
  void otherMethodsAreKeptForLater(String method) {
    var answer = stage.request(method, path).now();
    assertEquals(405, answer.status());
    assertEquals("PATCH, DELETE, OPTIONS, GET, HEAD", answer.header("Allow"));
  }

  @Test
  void twoHundredSessionsLeaveNothingBehind() {
    for (int i = 0; i < 100; i++) {
      String whip = stage.publishing("obs");
      String whep = stage.watching("tv");
      stage.request("DELETE", whep).now();
      stage.loses("r", whip.substring(whip.lastIndexOf('/') + 1));
    }
    assertEquals(0, stage.door.sessions());
    assertEquals(0, stage.signaling.traffic().participants());
  }
}
