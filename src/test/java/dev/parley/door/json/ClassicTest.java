package dev.parley.door.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.parley.signal.ErrorCode;
import dev.parley.signal.Notice;
import dev.parley.signal.RelayKind;
import dev.parley.signal.Request;
import org.junit.jupiter.api.Test;

class ClassicTest {
  private static Request read(String text) {
    return Dialect.CLASSIC.read(text);
  }

  private static void relays(String text, RelayKind kind, String body) {
    assertEquals(new Request.Relay(null, kind, null, body, text), read(text));
    var relayed = new Notice.Relayed(kind, "p", body, text);
    assertEquals(
        text.substring(0, text.lastIndexOf('}')) + ",\"from\":\"p\"}",
        Dialect.CLASSIC.write(relayed, 3));
  }

  @Test
  void relaysWhatTutorialsSend() {
    relays("{\"type\":\"offer\",\"sdp\":\"v=0\"}", RelayKind.OFFER, "\"v=0\"");
    relays(
        "{\"type\":\"answer\",\"sdp\":{\"type\":\"answer\",\"sdp\":\"v\"}} ",
        RelayKind.ANSWER,
        "{\"type\":\"answer\",\"sdp\":\"v\"}");
    relays(
        "{\"type\":\"candidate\",\"candidate\":{\"candidate\":\"c\"}}",
        RelayKind.CANDIDATE,
        "{\"candidate\":\"c\"}");
    relays("{\"type\":\"bye\"}", RelayKind.BYE, null);
  }

  @Test
  void relaysWhatHasNoType() {
    relays("{\"offer\":{\"sdp\":\"v\"}}", RelayKind.OFFER, "{\"sdp\":\"v\"}");
    relays("{\"answer\":{\"sdp\":\"v\"}}", RelayKind.ANSWER, "{\"sdp\":\"v\"}");
    relays("{\"iceCandidate\":{}}", RelayKind.CANDIDATE, "{}");
    relays("{\"candidate\":null}", RelayKind.CANDIDATE, "null");
  }

  @Test
  void takesACandidateThatIsSpreadOverTheMessage() {
    String text =
        "{\"type\":\"candidate\",\"candidate\":\"candidate:1\",\"sdpMid\":\"0\",\"sdpMLineIndex\":0}";
    relays(text, RelayKind.CANDIDATE, text);
  }

  @Test
  void showsAModernPartnersMessagesInTheClassicShape() {
    assertEquals(
        "{\"type\":\"offer\",\"sdp\":\"v\",\"from\":\"p\"}",
        Dialect.CLASSIC.write(new Notice.Relayed(RelayKind.OFFER, "p", "\"v\"", null), 1));
    assertEquals(
        "{\"type\":\"candidate\",\"candidate\":{},\"from\":\"p\"}",
        Dialect.CLASSIC.write(new Notice.Relayed(RelayKind.CANDIDATE, "p", "{}", null), 1));
  }

  @Test
  void tellsErrorsAndNothingElse() {
    assertEquals(
        "{\"type\":\"error\",\"code\":\"room-full\",\"message\":\"m\"}",
        Dialect.CLASSIC.write(new Notice.Error(null, ErrorCode.ROOM_FULL, "m"), 0));
    assertNull(Dialect.CLASSIC.write(new Notice.ParticipantJoined(ParleyV1Test.ANN), 1));
    assertNull(Dialect.CLASSIC.write(new Notice.Pong(null), 0));
  }

  @Test
  void refusesTheRestWithoutClosing() {
    assertEquals(new Request.Unreadable(null, "unknown type", false), read("{\"type\":\"dance\"}"));
    assertEquals(
        new Request.Unreadable(null, "sdp must be a string or an object", false),
        read("{\"type\":\"offer\"}"));
    assertEquals(new Request.Unreadable(null, "not a JSON object", true), read("hello"));
  }
}
