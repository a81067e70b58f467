package dev.parley.door.whip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.parley.door.whip.Answer.Header;
import dev.parley.signal.IceServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SdpTextTest {
  @ParameterizedTest
  @CsvSource({
    "v=0, false",
    "m=audio 9 X 0|a=sendonly, true",
    "m=audio 9 X 0|a=sendrecv, true",
    "m=audio 9 X 0, true",
    "m=audio 9 X 0|a=inactive, false",
    "m=audio 9 X 0|a=recvonly, false",
    "m=audio 0 X 0|a=sendonly, false",
    "m=application 9 X 0|a=sendonly, false",
    "m=application 9 X 0, false",
    "a=inactive|m=audio 9 X 0, false",
    "a=inactive|m=audio 9 X 0|a=sendonly, true",
    "m=audio 9 X 0|a=inactive|m=video 9 X 0|a=sendonly, true",
    "m=audio 9 X 0|a=sendonly|m=video 9 X 0|a=inactive, true",
    "m=audio 9 X 0|a=inactive|m=video 9 X 0|a=inactive, false",
  })
  void tellsWhetherAnythingIsSent(String lines, boolean sends) {
    assertEquals(sends, SdpText.sends(lines.replace("|", "\r\n") + "\r\n"));
  }

  @Test
  void findsTheFirstOfAName() {
    assertEquals("x", SdpText.first("v=0\r\na=mid:x\r\na=mid:y\r\n", "mid"));
    assertNull(SdpText.first("v=0\na=middle:x\n", "mid"));
  }

  @Test
  void aNameWithQuotesStaysOneParameter() {
    assertEquals(
        List.of(
            new Header(
                "Link",
                "<turn:a>; rel=\"ice-server\"; username=\"1:o\\\"b\\\\s\"; credential=\"x\";"
                    + " credential-type=\"password\"")),
        IceLinks.of(new IceServer(List.of("turn:a"), "1:o\"b\\s", "x")));
  }

  @Test
  void theHostIsTheNameWithoutThePort() {
    for (var row :
        List.of(
            List.of("a.test:8080", "a.test"),
            List.of("a.test", "a.test"),
            List.of("[2001:db8::1]:80", "[2001:db8::1]"),
            List.of("[2001:db8::1]", "[2001:db8::1]"))) {
      var ask = new Ask(Way.WHIP, "GET", "/whip/r", "r", null, Map.of("host", row.get(0)), null);
      assertEquals(row.get(1), ask.host());
    }
  }
}
