package dev.parley.door.whip;

import static dev.parley.door.whip.WhipStage.ANSWER;
import static dev.parley.door.whip.WhipStage.OFFER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.door.whip.Answer.Header;
import dev.parley.identity.TokenRefused;
import dev.parley.media.SdpType;
import dev.parley.media.SfuCommand;
import dev.parley.media.SfuRefusal;
import dev.parley.room.RoomChange;
import dev.parley.room.Topology;
import dev.parley.signal.ErrorCode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a client sees at the URLs of rooms.
class EndpointTest {
  private final WhipStage stage = new WhipStage();

  private WhipStage.Request post(String path) {
    return stage.request("POST", path).token("obs");
  }

  private Answer refused(WhipStage.Request request) {
    var answer = request.now();
    assertTrue(answer.body().startsWith("{\"code\":\""), answer.body());
    assertEquals("application/json", answer.type());
    assertEquals(0, stage.door.sessions());
    return answer;
  }

  @Test
  void anEncoderGetsItsAnswerAndAllThatIsOfItsSession() {
    var answer = post("/whip/r").send();
    var offer = stage.port.last(SfuCommand.Describe.class);
    assertEquals(
        new SfuCommand.Describe("r", offer.peer(), offer.number(), SdpType.OFFER, OFFER, List.of()),
        offer);
    assertFalse(answer.isDone());
    stage.answers(ANSWER);
    var created =
        Answer.text(
                201,
                "application/sdp",
                ANSWER,
                new Header("Location", "/whip/r/" + offer.peer()),
                new Header("ETag", "\"1\""),
                new Header("Accept-Patch", "application/trickle-ice-sdpfrag"),
                new Header("Link", "<stun:host.test>; rel=\"ice-server\""),
                new Header(
                    "Link",
                    "<turn:host.test?transport=udp>; rel=\"ice-server\"; username=\"obs\";"
                        + " credential=\"pass\"; credential-type=\"password\""))
            .with(Cors.ALWAYS)
            .with(new Header("Cache-Control", "no-store"));
    assertEquals(created, answer.join());
    var policy = stage.port.last(SfuCommand.OpenPeer.class).policy();
    assertTrue(policy.publish() && !policy.subscribe());
    assertEquals(1, stage.door.sessions());
  }

  @Test
  void aPlayerGetsTheSame() {
    assertTrue(stage.watching("tv").startsWith("/whep/r/"));
    var policy = stage.port.last(SfuCommand.OpenPeer.class).policy();
    assertTrue(policy.subscribe() && policy.automatic() && !policy.publish());
  }

  @Test
  void aPlayerThatCouldNeverGetAnythingGetsNoSession() {
    var answer = post("/whep/r").send();
    stage.answers(ANSWER.replace("sendonly", "inactive"));
    assertEquals(409, answer.join().status());
    assertNull(answer.join().header("Retry-After"));
    assertEquals(0, stage.door.sessions());
    assertEquals(List.of(), stage.signaling.present("r"));
  }

  @Test
  void anEncoderNeedsNobodyToSendToIt() {
    var answer = post("/whip/r").send();
    stage.answers(ANSWER.replace("sendonly", "recvonly"));
    assertEquals(201, answer.join().status());
  }

  @Test
  void whoShowsNoTokenIsAskedForOneInAnOpenRoomToo() {
    var answer = refused(post("/whip/r").without("authorization"));
    assertEquals(401, answer.status());
    assertEquals("Bearer", answer.header("WWW-Authenticate"));
    assertEquals(401, refused(post("/whip/r").header("authorization", "Basic b2JzOng=")).status());
    assertEquals(401, refused(post("/whip/r").header("authorization", "Bearer ")).status());
  }

  @ParameterizedTest
  @EnumSource
  void everyRefusedTokenHasItsStatus(TokenRefused.Reason reason) {
    var answer = refused(post("/whip/r").token(reason.name()));
    boolean elsewhere =
        reason == TokenRefused.Reason.OTHER_ROOM || reason == TokenRefused.Reason.NOT_GRANTED;
    assertEquals(elsewhere ? 403 : 401, answer.status());
    assertTrue(answer.body().contains("\"" + reason.code() + "\""), answer.body());
    if (!elsewhere && reason != TokenRefused.Reason.MISSING) {
      assertEquals("Bearer error=\"invalid_token\"", answer.header("WWW-Authenticate"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/whip/r, obs+silent, 403, publish-not-allowed",
    "/whip/r, obs+hidden, 403, publish-not-allowed",
    "/whep/r, tv+deaf, 403, subscribe-not-allowed",
    "/whip/no-room, obs, 404, room-not-found",
    "/whip, obs, 404, room-not-found",
    "/whip/r, expired, 401, token-expired",
  })
  void whoMayNotIsTurnedAway(String path, String token, int status, String code) {
    var answer = refused(post(path).token(token));
    assertEquals(status, answer.status());
    assertTrue(answer.body().contains("\"" + code + "\""), answer.body());
  }

  @Test
  void whoMayNotPublishDoesNotReplaceAnEncoder() {
    String session = stage.publishing("obs");
    post("/whip/r").token("obs+silent").now();
    assertEquals(204, stage.request("GET", session).now().status());
  }

  @Test
  void theSameTokenReplacesAnEncoderButNoViewer() {
    String first = stage.publishing("obs");
    String second = stage.publishing("obs");
    assertEquals(404, stage.request("GET", first).now().status());
    assertEquals(204, stage.request("GET", second).now().status());
    stage.watching("obs");
    stage.watching("obs");
    assertEquals(3, stage.door.sessions());
  }

  @Test
  void aFullRoomSaysWhenToTryAgain() throws Exception {
    stage.rooms.create("r", new RoomChange(null, 1, null, null, null, null, null));
    stage.publishing("obs");
    var answer = post("/whep/r").token("tv").now();
    assertEquals(409, answer.status());
    assertEquals("5", answer.header("Retry-After"));
  }

  @Test
  void aLockedRoomAndALobbyAreClosed() throws Exception {
    stage.rooms.create("r", RoomChange.lock(true));
    assertEquals(403, refused(post("/whep/r")).status());
    stage.signaling.closeRoom("r");
    stage.rooms.create("r", new RoomChange(null, null, null, null, null, true, false));
    assertEquals(403, refused(post("/whep/r")).status());
  }

  @Test
  void withoutMediaThereIsNoService() throws Exception {
    stage.port.available = false;
    var answer = refused(post("/whip/r"));
    assertEquals(503, answer.status());
    assertEquals("30", answer.header("Retry-After"));
    stage.port.available = true;
    stage.rooms.create("s", new RoomChange(null, null, null, Topology.MESH, null, null, null));
    assertEquals(503, refused(post("/whip/s")).status());
  }

  @ParameterizedTest
  @CsvSource({
    "SDP_MALFORMED, 400, 400",
    "SDP_UNACCEPTABLE, 406, 422",
    "STALE, 409, 409",
    "PUBLISH_NOT_ALLOWED, 403, 403",
    "TOO_MANY_TRACKS, 409, 409",
    "TOO_MANY_STREAMS, 406, 422",
    "TOO_MUCH, 406, 422",
    "TOO_MANY_PEERS, 503, 503",
    "OVERLOADED, 503, 503",
    "UNAVAILABLE, 503, 503",
  })
  void whatTheMediaHalfRefusesHasItsStatusAndNoSession(SfuRefusal why, int whip, int whep) {
    var first = post("/whip/r").send();
    stage.refuses(why);
    assertEquals(whip, first.join().status());
    assertTrue(first.join().body().contains(ErrorCode.of(why).code()), first.join().body());
    var second = post("/whep/r").send();
    stage.refuses(why);
    assertEquals(whep, second.join().status());
    assertEquals(whep == 503 || whep == 409, second.join().header("Retry-After") != null);
    assertEquals(0, stage.door.sessions());
    assertEquals(List.of(), stage.signaling.present("r"));
  }

  @Test
  void aMediaHalfThatSaysNothingIsNotWaitedForForEver() {
    var hasty = new WhipStage(Duration.ofMillis(20));
    var answer = hasty.request("POST", "/whip/r").token("obs").send().join();
    assertEquals(504, answer.status());
    assertEquals("*", answer.header("Access-Control-Allow-Origin"));
    assertEquals(0, hasty.door.sessions());
    assertEquals(List.of(), hasty.signaling.present("r"));
    hasty.answers(ANSWER);
    assertEquals(0, hasty.door.sessions());
  }

  @Test
  void whoIsSentAwayBeforeTheAnswerIsTold() {
    var answer = post("/whip/r").send();
    stage.signaling.closeRoom("r");
    assertEquals(503, answer.join().status());
    assertEquals(0, stage.door.sessions());
  }

  @Test
  void anAnswerThatCannotBeDeliveredLeavesNothingBehind() {
    var answer = post("/whip/r").send();
    stage.answers(ANSWER);
    stage.door.undelivered(answer.join());
    assertEquals(0, stage.door.sessions());
    assertEquals(List.of(), stage.signaling.present("r"));
    stage.door.undelivered(answer.join());
    stage.door.undelivered(Answer.empty(204));
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json", "application/sdpx", "text/plain; a=application/sdp"})
  void onlySdpIsTaken(String type) {
    assertEquals(415, refused(post("/whip/r").header("content-type", type)).status());
  }

  @Test
  void parametersAndCaseOfTheTypeDoNotMatter() {
    var answer = post("/whip/r").header("content-type", "Application/SDP; charset=utf-8").send();
    stage.answers(ANSWER);
    assertEquals(201, answer.join().status());
    assertEquals(415, post("/whip/r").without("content-type").now().status());
  }

  @Test
  void aBodyHasALimitAndIsText() {
    assertEquals(413, refused(post("/whip/r").body(new byte[Ask.MOST + 1])).status());
    assertEquals(400, refused(post("/whip/r").body(new byte[] {(byte) 0xff})).status());
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD"})
  void thereIsNothingToSee(String method) {
    var answer = stage.request(method, "/whip/r").now();
    assertEquals(204, answer.status());
    assertNull(answer.body());
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "PATCH", "DELETE", "TRACE", "FETCH"})
  void otherMethodsAreKeptForLater(String method) {
    var answer = refused(stage.request(method, "/whep/r").token("tv"));
    assertEquals(405, answer.status());
    assertEquals("POST, OPTIONS, GET, HEAD", answer.header("Allow"));
  }

  @Test
  void aPreflightLearnsWhatItNeedsAndNoSecrets() {
    var answer = stage.request("OPTIONS", "/whip/r").now();
    assertEquals(200, answer.status());
    assertEquals("application/sdp", answer.header("Accept-Post"));
    assertEquals("*", answer.header("Access-Control-Allow-Origin"));
    assertEquals("POST, OPTIONS", answer.header("Access-Control-Allow-Methods"));
    assertEquals(
        "Authorization, Content-Type, If-Match", answer.header("Access-Control-Allow-Headers"));
    assertNull(answer.header("Link"));
  }

  @Test
  void whoAsksForOptionsWithATokenLearnsTheIceServers() {
    var answer = stage.request("OPTIONS", "/whip/r").token("obs").now();
    assertEquals("<stun:host.test>; rel=\"ice-server\"", answer.header("Link"));
    var refused = stage.request("OPTIONS", "/whip/r").token("EXPIRED").now();
    assertEquals(200, refused.status());
    assertNull(refused.header("Link"));
    assertEquals(List.of(), stage.port.orders);
  }

  @Test
  void aPageOfAnotherOriginMayReadEveryAnswer() {
    for (Answer answer :
        List.of(
            post("/whip/r").without("authorization").now(),
            stage.request("PUT", "/whip/r").now(),
            stage.request("GET", "/whip/r").now(),
            stage.request("DELETE", "/whip/r/unknown").now())) {
      assertEquals("*", answer.header("Access-Control-Allow-Origin"));
      String exposed = answer.header("Access-Control-Expose-Headers");
      assertTrue(exposed.startsWith("Location, ETag, Link, "), exposed);
      assertEquals("no-store", answer.header("Cache-Control"));
    }
  }

  @Test
  void aFailureOfTheServerIsSaidWithoutDetails() {
    var answer = refused(post("/whip/r").token("broken"));
    assertEquals(500, answer.status());
    assertFalse(answer.body().contains("database"));
  }

  @ParameterizedTest
  @EnumSource
  void everyCodeOfSignalingHasAnErrorStatus(ErrorCode code) {
    for (Way way : Way.values()) {
      int status = Refusal.of(code, way, "").answer().status();
      assertTrue(status >= 400 && status < 600, code + " " + status);
    }
  }
}
