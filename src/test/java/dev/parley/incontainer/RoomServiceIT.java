package dev.parley.incontainer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.lab.Http;
import dev.parley.lab.Node;
import dev.parley.lab.SignedToken;
import io.livekit.server.RoomServiceClient;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import livekit.LivekitModels.DataPacket;
import livekit.LivekitModels.ParticipantInfo;
import livekit.LivekitModels.ParticipantPermission;
import livekit.LivekitModels.TrackInfo;
import livekit.LivekitModels.TrackType;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import retrofit2.Call;
import retrofit2.Response;

/// The server API with the SDKs people use, unmodified: each drives all methods in a room in which
/// somebody is at a socket and an encoder publishes.
class RoomServiceIT {
  private static final String ENCODER = "obs#encoder";
  private static final HttpClient CLIENT = Http.client();

  private static ParleyServer server;
  private static String offer;

  @BeforeAll
  static void start() throws IOException {
    server = ParleyServer.start("parley.dev=true");
    try (var file = RoomServiceIT.class.getResourceAsStream("/sdp/chromium-offer.sdp")) {
      offer = new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @AfterAll
  static void stop() {
    server.close();
    CLIENT.close();
  }

  private static String token(String room, String who) {
    return SignedToken.join(
        server.apiKeyId(), server.apiKeySecret(), room, who, Instant.now().plusSeconds(600));
  }

  /// An encoder publishes what a browser would.
  private static void encode(String room) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(server.http().resolve("whip/" + room))
            .header("Content-Type", "application/sdp")
            .header("Authorization", "Bearer " + token(room, "obs"))
            .POST(HttpRequest.BodyPublishers.ofString(offer));
    var answer = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    assertEquals(201, answer.statusCode(), answer.body());
  }

  /// Somebody at a socket, connected to the server's end.
  private static SignalSocket watch(String room) {
    var socket = SignalSocket.open(server.signal(room));
    socket.join(token(room, "ann"));
    until(socket, "joined");
    socket.send(
        Json.createObjectBuilder()
            .add("type", "offer")
            .add("to", "sfu")
            .add("sdp", offer)
            .build()
            .toString());
    until(socket, "answer");
    return socket;
  }

  /// The next message of a type; others are passed over.
  private static JsonObject until(SignalSocket socket, String type) {
    JsonObject next = socket.next();
    while (!type.equals(next.getString("type"))) {
      assertFalse("error".equals(next.getString("type")), next.toString());
      next = socket.next();
    }
    return next;
  }

  /// What the socket hears of what was done to its owner and the room.
  private static void hears(SignalSocket socket) {
    var changed = until(socket, "participant-changed").getJsonObject("participant");
    assertEquals("New Name", changed.getString("name"));
    assertEquals("fresh", changed.getString("metadata"));
    var data = until(socket, "data");
    assertEquals("greeting", data.getString("topic"));
    assertEquals(
        "hello",
        new String(Base64.getDecoder().decode(data.getString("bytes")), StandardCharsets.UTF_8));
    assertNotNull(until(socket, "room"));
  }

  @Test
  void theSdkForNodeDrivesEveryMethod() throws Exception {
    String room = "by-node";
    var made = node(room, "create");
    assertTrue(made.getString("sid").startsWith("RM_"), made.toString());
    assertEquals(60, made.getInt("emptyTimeout"));
    assertEquals(5, made.getInt("departureTimeout"));
    assertEquals(7, made.getInt("maxParticipants"));
    assertEquals("made", made.getString("metadata"));
    encode(room);
    try (var ann = watch(room)) {
      var ruled = node(room, "rule", "ann", ENCODER);
      assertEquals(2, ruled.getInt("participants"));
      assertEquals(2, ruled.getInt("publishers"));
      assertEquals(List.of("ann", ENCODER), texts(ruled, "identities"));
      assertEquals("New Name", ruled.getString("name"));
      assertEquals("blue", ruled.getJsonObject("attributes").getString("colour"));
      assertFalse(ruled.getBoolean("canPublish"));
      assertTrue(ruled.getBoolean("muted"));
      assertEquals("described", ruled.getString("metadata"));
      assertEquals("412 failed_precondition", ruled.getString("unmute"));
      assertEquals("404 not_found", ruled.getString("nobody"));
      assertEquals("400 invalid_argument", ruled.getString("badName"));
      assertEquals("401 unauthenticated", ruled.getString("badSecret"));
      hears(ann);
      var ended = node(room, "end", ENCODER);
      assertEquals(List.of("ann"), texts(ended, "left"));
      assertEquals(0, ended.getInt("rooms"));
      assertEquals("404 not_found", ended.getString("again"));
      assertEquals(4012, ann.closeCode());
    }
  }

  /// What a browser asks before a page of another origin calls, and what it needs to see then.
  @Test
  void pagesOfEveryOriginMayCall() throws Exception {
    var url = server.http().resolve("twirp/livekit.RoomService/ListRooms");
    var asks =
        HttpRequest.newBuilder(url)
            .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
            .header("Origin", "https://app.example")
            .header("Access-Control-Request-Method", "POST")
            .header("Access-Control-Request-Headers", "authorization,content-type");
    var may = CLIENT.send(asks.build(), HttpResponse.BodyHandlers.ofString()).headers();
    assertEquals("*", may.firstValue("Access-Control-Allow-Origin").orElse(""));
    assertEquals("POST", may.firstValue("Access-Control-Allow-Methods").orElse(""));
    assertEquals(
        "authorization,content-type", may.firstValue("Access-Control-Allow-Headers").orElse(""));
    var calls =
        HttpRequest.newBuilder(url)
            .header("Origin", "https://app.example")
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{}"));
    var refused = CLIENT.send(calls.build(), HttpResponse.BodyHandlers.ofString());
    assertEquals(401, refused.statusCode());
    assertEquals("*", refused.headers().firstValue("Access-Control-Allow-Origin").orElse(""));
  }

  private static JsonObject node(String room, String... deed) {
    var arguments =
        new ArrayList<>(
            List.of(server.http().toString(), server.apiKeyId(), server.apiKeySecret(), room));
    arguments.addAll(List.of(deed));
    return Node.says("room-service.mjs", arguments).readObject();
  }

  private static List<String> texts(JsonObject of, String member) {
    return of.getJsonArray(member).getValuesAs(JsonString::getString);
  }

  @Test
  void theSdkForJavaDrivesEveryMethod() throws Exception {
    String room = "by-java";
    var client =
        RoomServiceClient.createClient(
            server.http().toString(),
            server.apiKeyId(),
            server.apiKeySecret(),
            // The first call of a server that has just come up, beside all that a build runs.
            () -> new OkHttpClient.Builder().readTimeout(Duration.ofSeconds(60)).build());
    var made = done(client.createRoom(room, 60, 7, null, "made", null, null, null, 5));
    assertEquals(60, made.getEmptyTimeout());
    assertEquals(5, made.getDepartureTimeout());
    assertEquals("made", made.getMetadata());
    encode(room);
    try (var ann = watch(room)) {
      assertEquals(2, done(client.listRooms(List.of(room))).getFirst().getNumParticipants());
      rest(room);
      assertEquals(
          List.of(ENCODER, "ann"),
          done(client.listParticipants(room)).stream().map(ParticipantInfo::getIdentity).toList());
      var obs = done(client.getParticipant(room, ENCODER));
      assertEquals(ParticipantInfo.Kind.INGRESS, obs.getKind());
      String video =
          obs.getTracksList().stream()
              .filter(track -> track.getType() == TrackType.VIDEO)
              .map(TrackInfo::getSid)
              .findFirst()
              .orElseThrow();
      var permission =
          ParticipantPermission.newBuilder().setCanSubscribe(true).setCanPublishData(true).build();
      var updated =
          done(
              client.updateParticipant(
                  room, "ann", "New Name", "fresh", permission, Map.of("colour", "blue")));
      assertEquals("New Name", updated.getName());
      assertFalse(updated.getPermission().getCanPublish());
      done(client.updateSubscriptions(room, "ann", List.of(video), false));
      assertTrue(done(client.mutePublishedTrack(room, ENCODER, video, true)).getMuted());
      done(
          client.sendData(
              room,
              "hello".getBytes(StandardCharsets.UTF_8),
              DataPacket.Kind.RELIABLE,
              List.of(),
              List.of("ann"),
              "greeting"));
      assertEquals("new", done(client.updateRoomMetadata(room, "new")).getMetadata());
      hears(ann);
      refused(404, "not_found", client.getParticipant(room, "nobody"));
      refused(412, "failed_precondition", client.mutePublishedTrack(room, ENCODER, video, false));
      refused(501, "unimplemented", client.moveParticipant(room, "ann", "elsewhere"));
      done(client.removeParticipant(room, ENCODER));
      done(client.deleteRoom(room));
      assertEquals(List.of(), done(client.listRooms(List.of(room))));
      assertEquals(4012, ann.closeCode());
    }
  }

  /// The REST door shows the same.
  private static void rest(String room) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(server.http().resolve("api/v1/rooms/" + room))
            .header("Authorization", "Bearer " + token(room, "ops"));
    var shown =
        Administrator.json(CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString()), 200);
    assertEquals(5, shown.getInt("departureTimeout"));
    assertEquals("made", shown.getString("metadata"));
    assertTrue(shown.getString("createdAt").startsWith("20"), shown.toString());
    assertEquals(2, shown.getJsonArray("present").size());
  }

  private static <T> T done(Call<T> call) throws IOException {
    Response<T> answer = call.execute();
    assertTrue(answer.isSuccessful(), () -> error(answer));
    return answer.body();
  }

  private static void refused(int status, String code, Call<?> call) throws IOException {
    Response<?> answer = call.execute();
    assertEquals(status, answer.code());
    String error = error(answer);
    assertTrue(error.contains("\"" + code + "\""), error);
  }

  private static String error(Response<?> answer) {
    try {
      return answer.errorBody().string();
    } catch (IOException e) {
      return e.toString();
    }
  }
}
