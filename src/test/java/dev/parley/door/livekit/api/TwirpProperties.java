package dev.parley.door.livekit.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import livekit.LivekitRoom.UpdateParticipantRequest;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class TwirpProperties {
  private static final List<String> METHODS =
      List.of(
          "CreateRoom",
          "ListRooms",
          "DeleteRoom",
          "UpdateRoomMetadata",
          "ListParticipants",
          "GetParticipant",
          "RemoveParticipant",
          "MutePublishedTrack",
          "UpdateParticipant",
          "UpdateSubscriptions",
          "SendData");

  private final TwirpStage stage = new TwirpStage().room("r");

  private static final Set<Integer> STATUSES = Set.of(200, 400, 404, 412, 501);

  private void answers(String method, String type, byte[] body) {
    var answer =
        stage.send("POST", "livekit.RoomService/" + method, type, "app+create+list+admin", body);
    assertEquals(true, STATUSES.contains(answer.status()), () -> TwirpStage.text(answer));
  }

  @Property(tries = 2000)
  void hostileOctetsMakeNothingButRefusals(
      @ForAll("methods") String method, @ForAll("octets") byte[] body) {
    answers(method, "application/protobuf", body);
  }

  @Property(tries = 2000)
  void hostileJsonMakesNothingButRefusals(
      @ForAll("methods") String method, @ForAll("json") String body) {
    answers(method, "application/json", body.getBytes(StandardCharsets.UTF_8));
  }

  @Property(tries = 300)
  void whatIsWrittenIsReadAgain(
      @ForAll("texts") String name, @ForAll("texts") String metadata, @ForAll("texts") String value)
      throws InvalidProtocolBufferException {
    var request =
        UpdateParticipantRequest.newBuilder()
            .setName(name)
            .setMetadata(metadata)
            .putAttributes("a", value)
            .build();
    for (var format : Format.values()) {
      assertEquals(request, format.read(request, format.write(request)));
    }
  }

  @Provide
  Arbitrary<String> methods() {
    return Arbitraries.of(METHODS);
  }

  @Provide
  Arbitrary<byte[]> octets() {
    return Arbitraries.of(new byte[] {0x0a, 1, 'r'}, new byte[] {0x12, 3, 'a', 'n', 'n'})
        .list()
        .ofMaxSize(4)
        .flatMap(
            parts ->
                Arbitraries.bytes()
                    .array(byte[].class)
                    .ofMaxSize(24)
                    .map(tail -> joined(parts, tail)));
  }

  private static byte[] joined(List<byte[]> parts, byte[] tail) {
    var out = new ByteArrayOutputStream();
    parts.forEach(out::writeBytes);
    out.writeBytes(tail);
    return out.toByteArray();
  }

  @Provide
  Arbitrary<String> json() {
    return Arbitraries.of(
            "{",
            "}",
            "[",
            "]",
            ":",
            ",",
            "\"room\"",
            "\"name\"",
            "\"r\"",
            "\"identity\"",
            "\"data\"",
            "\"emptyTimeout\"",
            "\"max_participants\"",
            "\"attributes\"",
            "\"permission\"",
            "\"\\ud800\"",
            "null",
            "true",
            "-1",
            "1e9",
            "4294967296",
            "{\"room\":\"r\"}")
        .list()
        .ofMaxSize(10)
        .map(parts -> String.join("", parts));
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.strings()
        .ofMaxLength(40)
        .filter(text -> StandardCharsets.UTF_8.newEncoder().canEncode(text));
  }
}
