package dev.parley.incontainer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.lab.SignedToken;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// WHIP and WHEP over real HTTP, as far as no media is needed.
class WhipDoorIT {
  private static final String SDP = "application/sdp";
  private static final String FRAGMENT = "application/trickle-ice-sdpfrag";
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private static ParleyServer server;
  private static String offer;

  @BeforeAll
  static void start() throws IOException {
    server = ParleyServer.start("parley.dev=true");
    try (var file = WhipDoorIT.class.getResourceAsStream("/sdp/chromium-offer.sdp")) {
      offer = new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @AfterAll
  static void stop() {
    server.close();
    CLIENT.close();
  }

  private static HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static HttpRequest.Builder request(String method, URI at, String type, String body) {
    var request =
        HttpRequest.newBuilder(at).method(method, HttpRequest.BodyPublishers.ofString(body));
    return type == null ? request : request.header("Content-Type", type);
  }

  private static URI at(String path) {
    return server.http().resolve(path);
  }

  private static HttpResponse<String> publish(String room)
      throws IOException, InterruptedException {
    String token =
        SignedToken.join(
            server.apiKeyId(), server.apiKeySecret(), room, "obs", Instant.now().plusSeconds(600));
    return send(
        request("POST", at("whip/" + room), SDP, offer).header("Authorization", "Bearer " + token));
  }

  /// What a caller learns of a room's media over REST.
  ///
  /// @param grants of the caller's token, as `,"roomAdmin":true`; null for no token
  private static HttpResponse<String> media(String room, String grants)
      throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(at("api/v1/rooms/" + room + "/media"));
    Instant soon = Instant.now().plusSeconds(600);
    return send(
        grants == null
            ? request
            : request.header(
                "Authorization",
                "Bearer "
                    + SignedToken.join(
                        server.apiKeyId(), server.apiKeySecret(), room, "ops", soon, grants)));
  }

  private static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse(null);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, whip/r, 204",
    "HEAD, whep/r, 204",
    "PUT, whip/r, 405",
    "PATCH, whip/r, 405",
    "OPTIONS, whip/r, 200",
    "OPTIONS, whip/r/unknown, 200",
    "DELETE, whip/r/unknown, 404",
    "PATCH, whep/r/unknown, 404",
    "POST, whip/r, 401",
    "POST, whip, 404",
    "GET, whip/r/s/t, 404",
  })
  void everyMethodIsAnsweredByThisDoorAndReadableForAllPages(String method, String path, int status)
      throws Exception {
    String type = method.equals("PATCH") ? FRAGMENT : SDP;
    var answer =
        send(request(method, at(path), type, "a=mid:0").header("Origin", "https://a.test"));
    assertEquals(status, answer.statusCode(), answer.body());
    assertEquals("*", header(answer, "Access-Control-Allow-Origin"));
  }

  @Test
  void aPreflightAllowsWhatAClientSends() throws Exception {
    var answer =
        send(
            request("OPTIONS", at("whip/r"), null, "")
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "authorization,content-type"));
    assertEquals(200, answer.statusCode());
    assertEquals(SDP, header(answer, "Accept-Post"));
    assertTrue(header(answer, "Access-Control-Allow-Headers").contains("Authorization"));
    assertTrue(header(answer, "Access-Control-Allow-Methods").contains("POST"));
  }

  @Test
  void tooMuchIsRefused() throws Exception {
    var answer = send(request("POST", at("whip/r"), SDP, "v=0\r\n".repeat(60_000)));
    assertEquals(413, answer.statusCode());
  }

  @Test
  void aSessionIsMadeTrickledRestartedAndEnded() throws Exception {
    var created = publish("r");
    assertEquals(201, created.statusCode(), created.body());
    assertEquals(SDP, header(created, "Content-Type"));
    assertEquals(FRAGMENT, header(created, "Accept-Patch"));
    assertTrue(header(created, "Link").startsWith("<stun:"), header(created, "Link"));
    assertEquals(3, created.headers().allValues("Link").size());
    URI session = at("whip/r").resolve(header(created, "Location"));
    String trickle = "a=ice-ufrag:" + offer.split("a=ice-ufrag:")[1].lines().findFirst().get();
    assertEquals(428, send(request("PATCH", session, FRAGMENT, trickle)).statusCode());
    var tagged = request("PATCH", session, FRAGMENT, trickle).header("If-Match", "\"1\"");
    assertEquals(204, send(tagged).statusCode());
    String restart = "a=ice-ufrag:abcd\r\na=ice-pwd:abcdefghijklmnopqrstuvwx\r\n";
    var restarted = send(request("PATCH", session, FRAGMENT, restart).header("If-Match", "*"));
    assertEquals(200, restarted.statusCode(), restarted.body());
    assertEquals("\"2\"", header(restarted, "ETag"));
    assertTrue(restarted.body().contains("a=ice-pwd:"), restarted.body());
    assertEquals(412, send(tagged).statusCode());
    assertEquals(200, send(request("DELETE", session, null, "")).statusCode());
    assertEquals(404, send(request("DELETE", session, null, "")).statusCode());
  }

  @Test
  void theMediaOfARoomIsShownToWhoModeratesIt() throws Exception {
    String admin = ",\"roomAdmin\":true";
    URI session = at("whip/seen").resolve(header(publish("seen"), "Location"));
    var shown = Administrator.json(media("seen", admin), 200);
    var peer = shown.getJsonArray("peers").getJsonObject(0);
    assertEquals("connecting", peer.getString("state"));
    assertFalse(peer.containsKey("score"), peer.toString());
    assertEquals(0, shown.getJsonArray("subscriptions").size());
    for (var track : shown.getJsonArray("tracks").getValuesAs(JsonObject.class)) {
      assertEquals(peer.getString("id"), track.getString("peer"));
      assertEquals(0, track.getJsonArray("layers").size(), "nothing has come yet");
    }
    assertFalse(shown.toString().contains("127.0.0.1"), shown.toString());
    assertEquals(401, media("seen", null).statusCode());
    assertEquals(403, media("seen", "").statusCode());
    assertEquals(404, media("unseen", admin).statusCode());
    assertEquals(200, send(request("DELETE", session, null, "")).statusCode());
    shown = Administrator.json(media("seen", admin), 200);
    assertEquals(0, shown.getJsonArray("peers").size());
  }

  @Test
  void whatIsNoSdpIsNoSession() throws Exception {
    String token =
        SignedToken.join(
            server.apiKeyId(), server.apiKeySecret(), "no", "obs", Instant.now().plusSeconds(600));
    for (String path : new String[] {"whip/no", "whep/no"}) {
      var answer =
          send(request("POST", at(path), SDP, "hello").header("Authorization", "Bearer " + token));
      assertEquals(400, answer.statusCode(), answer.body());
    }
    Figures.await(server, "parley_participants", 0);
  }

  @Test
  void twoHundredSessionsLeaveNobodyBehind() throws Exception {
    for (int i = 0; i < 200; i++) {
      var created = publish("busy");
      assertEquals(201, created.statusCode(), created.body());
      URI session = at("whip/busy").resolve(header(created, "Location"));
      assertEquals(200, send(request("DELETE", session, null, "")).statusCode());
    }
    Figures.await(server, "parley_participants", 0);
  }
}
