package dev.parley.door.livekit.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.identity.TokenRefused;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoutingTest {
  private static final String PROTOBUF = "application/protobuf";
  private static final byte[] EMPTY = {};

  private final TwirpStage stage = new TwirpStage();

  @ParameterizedTest
  @CsvSource({
    "GET, livekit.RoomService/ListRooms, application/protobuf",
    "PUT, livekit.RoomService/ListRooms, application/protobuf",
    "POST, livekit.RoomService/listRooms, application/protobuf",
    "POST, livekit.RoomService/ListRooms/, application/protobuf",
    "POST, livekit.RoomService/, application/protobuf",
    "POST, livekit.RoomService, application/protobuf",
    "POST, livekit.Egress/ListEgress, application/protobuf",
    "POST, '', application/protobuf",
    "POST, livekit.RoomService/ListRooms, text/plain",
    "POST, livekit.RoomService/ListRooms, "
  })
  void whatIsNoCallIsABadRoute(String verb, String path, String type) {
    TwirpStage.refused(TwirpCode.BAD_ROUTE, stage.send(verb, path, type, "app+list", EMPTY));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ForwardParticipant", "MoveParticipant", "PerformRpc"})
  void methodsThatOthersHaveAreUnimplemented(String method) {
    TwirpStage.refused(
        TwirpCode.UNIMPLEMENTED,
        stage.send("POST", "livekit.RoomService/" + method, PROTOBUF, "app+admin", EMPTY));
  }

  @ParameterizedTest
  @EnumSource(TokenRefused.Reason.class)
  void whoeverShowsNoGoodTokenIsToldSoByTheCode(TokenRefused.Reason reason) {
    boolean denied =
        reason == TokenRefused.Reason.OTHER_ROOM || reason == TokenRefused.Reason.NOT_GRANTED;
    TwirpStage.refused(
        denied ? TwirpCode.PERMISSION_DENIED : TwirpCode.UNAUTHENTICATED,
        stage.send("POST", "livekit.RoomService/ListRooms", PROTOBUF, reason.name(), EMPTY));
  }

  @Test
  void whoeverShowsNoTokenIsUnauthenticated() {
    TwirpStage.refused(
        TwirpCode.UNAUTHENTICATED,
        stage.send("POST", "livekit.RoomService/ListRooms", PROTOBUF, null, EMPTY));
    var basic =
        new Call("POST", "livekit.RoomService/ListRooms", PROTOBUF, "Basic app+list", EMPTY);
    TwirpStage.refused(TwirpCode.UNAUTHENTICATED, stage.door.answer(basic));
  }

  @ParameterizedTest
  @CsvSource({
    "CreateRoom, app+list+admin",
    "DeleteRoom, app+list+admin",
    "ListRooms, app+create+admin",
    "ListParticipants, app+create+list",
    "GetParticipant, app+create+list",
    "RemoveParticipant, app+create+list",
    "MutePublishedTrack, app+create+list",
    "UpdateParticipant, app+create+list",
    "UpdateSubscriptions, app+create+list",
    "SendData, app+create+list",
    "UpdateRoomMetadata, app+create+list"
  })
  void eachMethodNeedsItsGrant(String method, String token) {
    String path = "livekit.RoomService/" + method;
    TwirpStage.refused(
        TwirpCode.PERMISSION_DENIED, stage.send("POST", path, PROTOBUF, token, EMPTY));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CreateRoom",
        "DeleteRoom",
        "ListParticipants",
        "GetParticipant",
        "RemoveParticipant",
        "MutePublishedTrack",
        "UpdateParticipant",
        "UpdateSubscriptions",
        "SendData",
        "UpdateRoomMetadata"
      })
  void aTokenForARoomIsForNoOther(String method) {
    stage.room("r");
    byte[] body = "{\"room\":\"r\",\"name\":\"r\"}".getBytes(StandardCharsets.UTF_8);
    String path = "livekit.RoomService/" + method;
    TwirpStage.refused(
        TwirpCode.PERMISSION_DENIED,
        stage.send("POST", path, "application/json", "app+create+admin@other", body));
    var answer = stage.send("POST", path, "application/json", "app+create+admin@r", body);
    assertEquals(false, answer.status() == 403, TwirpStage.text(answer));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "[]",
        "{\"names\":1}",
        "{\"names\":[",
        "{\"names\":[{}]}",
        "{\"names\":[\"\\ud800\"]}"
      })
  void whatIsNoJsonOfTheRequestIsMalformed(String body) {
    TwirpStage.refused(TwirpCode.MALFORMED, stage.json("ListRooms", body));
  }

  @Test
  void whatIsNoUtf8IsMalformed() {
    byte[] body = {'{', '"', (byte) 0xff, '"', ':', '1', '}'};
    TwirpStage.refused(
        TwirpCode.MALFORMED,
        stage.send("POST", "livekit.RoomService/ListRooms", "application/json", "app+list", body));
  }

  @Test
  void deepJsonIsMalformedAndHarmsNobody() {
    String deep = "{\"x\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
    TwirpStage.refused(TwirpCode.MALFORMED, stage.json("ListRooms", deep));
  }

  @Test
  void whatIsNoProtobufIsMalformed() {
    byte[] cut = {0x0a, 0x7f, 'r'};
    TwirpStage.refused(
        TwirpCode.MALFORMED,
        stage.send("POST", "livekit.RoomService/ListRooms", PROTOBUF, "app+list", cut));
  }

  @Test
  void membersThatAreNotKnownAreLeftOut() {
    assertEquals("{\"rooms\":[]}", TwirpStage.text(stage.json("ListRooms", "{\"later\":{}}")));
  }

  @Test
  void aBodyHasAnEnd() {
    TwirpStage.refused(
        TwirpCode.INVALID_ARGUMENT,
        stage.send(
            "POST",
            "livekit.RoomService/ListRooms",
            PROTOBUF,
            "app+list",
            new byte[Call.MOST + 1]));
  }

  @Test
  void aFailureOfTheServerIsInternalAndSaysNothingElse() {
    var door =
        new TwirpDoor(
            stage.rooms,
            stage.signaling,
            token -> {
              throw new IllegalStateException("the database is at 10.0.0.1");
            });
    var answer =
        door.answer(new Call("POST", "livekit.RoomService/ListRooms", PROTOBUF, "Bearer x", EMPTY));
    TwirpStage.refused(TwirpCode.INTERNAL, answer);
    assertEquals(false, TwirpStage.text(answer).contains("10.0.0.1"));
  }
}
