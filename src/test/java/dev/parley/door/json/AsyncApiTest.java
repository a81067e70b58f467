package dev.parley.door.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.media.Encryption;
import dev.parley.media.PeerState;
import dev.parley.media.TrackKind;
import dev.parley.room.Access;
import dev.parley.room.RoomRefused;
import dev.parley.room.Topology;
import dev.parley.signal.CloseReason;
import dev.parley.signal.Departure;
import dev.parley.signal.ErrorCode;
import dev.parley.signal.Limits;
import dev.parley.signal.Medium;
import dev.parley.signal.ParticipantKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The published description, the page about it and the code say the same.
class AsyncApiTest {
  private static final Path API = Path.of("src/main/webapp/asyncapi.yaml");
  private static final Path PAGE = Path.of("src/site/markdown/signaling.md");

  private final String api = read(API);
  private final String page = read(PAGE);

  private static String read(Path path) {
    try {
      return Files.readString(path);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Set<String> all(String text, String pattern) {
    return Pattern.compile(pattern, Pattern.MULTILINE)
        .matcher(text)
        .results()
        .map(r -> r.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> words(Stream<String> words) {
    return words.collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> words(Class<? extends Enum<?>> type) {
    return words(
        Arrays.stream(type.getEnumConstants()).map(c -> c.name().toLowerCase(Locale.ROOT)));
  }

  /// The words of a flow sequence, such as `Medium: { …, enum: [audio, video] }`.
  private Set<String> choice(String schema) {
    var list = all(api, "^    " + schema + ": \\{.*enum: \\[(.*)\\]").iterator().next();
    return words(Arrays.stream(list.split(", ")));
  }

  @Test
  void everyRequestStandsInBoth() {
    var code = words(Arrays.stream(RequestType.values()).map(RequestType::word));
    assertEquals(code, all(api, "^    request-([a-z-]+):$"));
    assertEquals(
        code, all(api, "^      - \\{ \\$ref: '#/channels/signal/messages/request-([a-z-]+)"));
    code.forEach(word -> assertTrue(page.contains("`" + word + "`"), word));
  }

  @Test
  void everyNoticeStandsInBoth() {
    var code = words(Arrays.stream(NoticeType.values()).map(NoticeType::word));
    assertEquals(code, all(api, "^    notice-([a-z-]+):$"));
    assertEquals(
        code, all(api, "^      - \\{ \\$ref: '#/channels/signal/messages/notice-([a-z-]+)"));
    code.forEach(word -> assertTrue(page.contains("`" + word + "`"), word));
  }

  @Test
  void everyMessageSaysItsOwnType() {
    for (var side : List.of("request", "notice", "classic")) {
      var names = all(api, "^    " + side + "-([a-z-]+):$");
      names.forEach(
          name ->
              assertTrue(
                  Pattern.compile(
                          "^    %s-%s:\\n      name: %s\\n(      .*\\n)+?          type: \\{ const: %s \\}"
                              .formatted(side, name, name, name),
                          Pattern.MULTILINE)
                      .matcher(api)
                      .find(),
                  side + " " + name));
    }
  }

  @Test
  void everyErrorCodeStandsInAllThree() {
    var code = words(Arrays.stream(ErrorCode.values()).map(ErrorCode::code));
    assertEquals(code, all(api, "^        - ([a-z-]+)$"));
    code.forEach(word -> assertTrue(page.contains("`" + word + "`"), word));
  }

  @Test
  void everyRefusalOfTheRoomsHasItsErrorCode() {
    for (var reason : RoomRefused.Reason.values()) {
      assertEquals(reason.code(), ErrorCode.of(reason).code());
    }
  }

  @Test
  void everyCloseCodeStandsInAllThree() {
    var code = words(Arrays.stream(CloseReason.values()).map(c -> c.code() + ": " + c.phrase()));
    assertEquals(code, all(api, "^  (\\d{4}: .*)$"));
    assertEquals(
        words(Arrays.stream(CloseReason.values()).map(c -> "" + c.code())),
        all(page, "^\\| (\\d{4}) \\|"));
    for (var reason : CloseReason.values()) {
      assertTrue(reason.phrase().length() <= 123);
    }
  }

  @Test
  void everyWordOfTheChoicesStandsInBoth() {
    assertEquals(words(Medium.class), choice("Medium"));
    assertEquals(words(Departure.class), choice("Departure"));
    assertEquals(words(Topology.class), choice("Topology"));
    assertEquals(words(Access.class), choice("Access"));
    assertEquals(words(Encryption.class), choice("Encryption"));
    assertEquals(words(PeerState.class), choice("PeerState"));
    assertEquals(words(ParticipantKind.class), choice("ParticipantKind"));
    assertEquals(words(TrackKind.class), choice("TrackKind"));
  }

  @Test
  void everyReferenceHasItsTarget() {
    for (var target : all(api, "#/components/schemas/([A-Za-z]+)")) {
      assertTrue(api.contains("\n    " + target + ":"), target);
    }
    for (var target : all(api, "#/components/messages/([a-z-]+)")) {
      assertTrue(api.contains("\n    " + target + ":\n"), target);
    }
  }

  @Test
  void whatANoticeCarriesStandsInTheDescription() {
    var joined =
        NoticeType.write(
            new dev.parley.signal.Notice.Joined(
                "1",
                ParleyV1Test.ANN,
                "s",
                ParleyV1Test.ROOM,
                List.of(),
                List.of(new dev.parley.signal.IceServer(List.of("stun:x"), "u", "c")),
                Limits.DEFAULTS,
                Topology.SFU,
                List.of(ParleyV1Test.CAMERA)),
            1);
    for (var member : all(joined, "\"([a-zA-Z]+)\":")) {
      assertTrue(
          Pattern.compile("^ +" + member + ": ", Pattern.MULTILINE).matcher(api).find(), member);
    }
  }
}
