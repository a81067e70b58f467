package dev.parley.door.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.parley.bench.JsonFuzz;
import dev.parley.signal.Request;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostileJsonTest {
  private static String nested(int levels) {
    return "{\"type\":\"ping\",\"x\":" + "[".repeat(levels) + "]".repeat(levels) + "}";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "[]",
        "\"\"",
        "{",
        "}",
        "{}}",
        "{}{}",
        "{\"type\"}",
        "{\"type\":}",
        "{\"type\":\"ping\",}",
        "{,\"type\":\"ping\"}",
        "{\"type\":\"ping\" \"id\":1}",
        "{'type':'ping'}",
        "{\"type\":\"ping\",\"type\":\"leave\"}",
        "{\"type\":\"ping\",\"ty\\u0070e\":\"leave\"}",
        "{\"type\":\"ping\",\"x\":01}",
        "{\"type\":\"ping\",\"x\":1.}",
        "{\"type\":\"ping\",\"x\":1e}",
        "{\"type\":\"ping\",\"x\":-}",
        "{\"type\":\"ping\",\"x\":+1}",
        "{\"type\":\"ping\",\"x\":NaN}",
        "{\"type\":\"ping\",\"x\":tru}",
        "{\"type\":\"ping\",\"x\":[1,]}",
        "{\"type\":\"ping\",\"x\":{\"a\":1,}}",
        "{\"type\":\"ping\",\"x\":\"\\x\"}",
        "{\"type\":\"ping\",\"x\":\"\\u12g4\"}",
        "{\"type\":\"ping\",\"x\":\"\\u１234\"}",
        "{\"type\":\"ping\",\"x\":\"\\ud800\"}",
        "{\"type\":\"ping\",\"x\":\"\\udc00\"}",
        "{\"type\":\"ping\",\"x\":\"\\ud800\\ud800\"}",
        "{\"type\":\"ping\",\"x\":\"\ud800\"}",
        "{\"type\":\"ping\",\"x\":\"\n\"}",
        "{\"type\":\"ping\",\"x\":\"",
        "{\"type\":\"ping\",\"x\":\"\\",
        "\ufeff{\"type\":\"ping\"}",
        "{\"type\":\"ping\"}\u0000"
      })
  void isOnlyEverRefused(String text) {
    for (var dialect : Dialect.values()) {
      assertInstanceOf(Request.Unreadable.class, dialect.read(text));
    }
  }

  @Test
  void goesSixteenLevelsDeepAndNoFurther() {
    assertEquals(new Request.Ping(null, -1), Dialect.PARLEY_V1.read(nested(15)));
    assertEquals(
        new Request.Unreadable(null, "nested too deeply", true),
        Dialect.PARLEY_V1.read(nested(16)));
    assertInstanceOf(Request.Unreadable.class, Dialect.PARLEY_V1.read(nested(30_000)));
  }

  @Test
  void acceptsPairsOfSurrogates() {
    assertEquals(
        new Request.Update(null, "\ud83d\ude00", null, null, null, null, "\ud83d\ude00"),
        Dialect.PARLEY_V1.read(
            "{\"type\":\"update\",\"name\":\"\\ud83d\\ude00\",\"metadata\":\"\ud83d\ude00\"}"));
  }

  @Test
  void refusesMoreMembersThanAnyoneNeeds() {
    var text = new StringBuilder("{\"type\":\"ping\"");
    for (int i = 0; i < 1_000; i++) {
      text.append(",\"").append(i).append("\":").append(i);
    }
    assertInstanceOf(Request.Unreadable.class, Dialect.PARLEY_V1.read(text.append('}').toString()));
  }

  @Test
  void neverEchoesWhatItWasSent() {
    for (var text :
        List.of(
            "{\"<b>\":1}", "{\"type\":\"<b>\"}", "<b>", "{\"type\":\"mute\",\"kind\":\"<b>\"}")) {
      assertFalse(Dialect.PARLEY_V1.read(text).toString().contains("<b>"));
    }
  }

  @Test
  void twoHundredThousandMutantsMeetOnlyTypedRefusals() {
    assertEquals("", JsonFuzz.run(200_000, 42));
  }
}
