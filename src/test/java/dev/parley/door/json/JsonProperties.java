package dev.parley.door.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.signal.Notice;
import dev.parley.signal.RelayKind;
import dev.parley.signal.Request;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class JsonProperties {
  private static JsonObject foreign(String text) {
    return Json.createReader(new StringReader(text)).readObject();
  }

  /// Any text that UTF-8 can carry.
  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.strings()
        .ofMaxLength(120)
        .filter(s -> StandardCharsets.UTF_8.newEncoder().canEncode(s));
  }

  @Property(tries = 500)
  void whatWeWriteAnotherParserReads(@ForAll("texts") String text) {
    String json = new JsonWriter(16).open('{').member("a", text).close('}').toString();
    assertEquals(text, foreign(json).getString("a"));
  }

  @Property(tries = 500)
  void whatAnotherWriterWritesWeRead(@ForAll("texts") String text) throws BadMessage {
    String json = Json.createObjectBuilder().add("a", text).add("b", true).build().toString();
    assertEquals(text, dev.parley.door.json.JsonObject.of(json).string("a", 1_000));
    assertEquals(true, dev.parley.door.json.JsonObject.of(json).bool("b"));
  }

  @Property(tries = 500)
  void aRelayedBodyArrivesAsItWasSent(@ForAll("texts") String sdp, @ForAll RelayKind kind) {
    String body = Json.createValue(sdp).toString();
    if (kind == RelayKind.BYE) {
      return;
    }
    String member = kind == RelayKind.CANDIDATE ? "candidate" : "sdp";
    String sent =
        "{\"type\":\"%s\",\"to\":\"p\",\"%s\":%s}"
            .formatted(kind.name().toLowerCase(java.util.Locale.ROOT), member, body);
    var relay = assertInstanceOf(Request.Relay.class, Dialect.PARLEY_V1.read(sent));
    var text =
        Dialect.PARLEY_V1.write(
            new Notice.Relayed(kind, "q", relay.body(), relay.whole()), 12_345_678);
    var back = foreign(text);
    assertEquals(sdp, back.getString(member));
    assertEquals("q", back.getString("from"));
    assertEquals(12_345_678, back.getInt("seq"));
    assertTrue(text.contains(body));
  }

  @Property(tries = 500)
  void anUpdateSurvivesTheRoundTrip(
      @ForAll("texts") String metadata, @ForAll boolean audio, @ForAll boolean hand) {
    String sent =
        Json.createObjectBuilder()
            .add("type", "update")
            .add("metadata", metadata)
            .add("audio", audio)
            .add("hand", hand)
            .build()
            .toString();
    assertEquals(
        new Request.Update(null, null, audio, null, null, hand, metadata),
        Dialect.PARLEY_V1.read(sent));
  }

  @Property(tries = 2_000)
  void anyTextIsReadOrRefused(@ForAll String text) {
    for (var dialect : Dialect.values()) {
      assertInstanceOf(Request.class, dialect.read(text));
    }
  }
}
