package dev.parley.door.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OriginsTest {
  private final Origins origins = new Origins(List.of("https://App.example.com/"));

  @Test
  void allowsThePagesOfThisServer() {
    assertTrue(origins.allows("http://localhost:8080", "localhost:8080"));
    assertTrue(origins.allows("https://Meet.example.com", "meet.example.com"));
    assertTrue(origins.allows("https://meet.example.com", "meet.example.com:443"));
    assertTrue(origins.allows("http://[::1]:8080", "[::1]:8080"));
  }

  @Test
  void allowsTheListAndClientsThatAreNoBrowsers() {
    assertTrue(origins.allows("https://app.example.com", "meet.example.com"));
    assertTrue(origins.allows(null, "meet.example.com"));
  }

  @Test
  void refusesTheRest() {
    for (var origin :
        List.of(
            "null",
            "",
            "https://evil.example.com",
            "http://app.example.com",
            "https://app.example.com:444",
            "file://meet.example.com",
            "https://meet.example.com.evil.org",
            "https://meet.example.com:80")) {
      assertFalse(origins.allows(origin, "meet.example.com"), origin);
    }
    assertFalse(origins.allows("http://localhost:8080", null));
  }

  @Test
  void readsTheHandshakeWhateverTheCaseOfItsHeaders() {
    var seen =
        Handshake.seen(
            Map.of(
                "origin", List.of("http://a"),
                "HOST", List.of("a.test:81"),
                "authorization", List.of("bearer  tok")));
    assertEquals(new Handshake.Seen("http://a", "a.test:81", "tok"), seen);
    assertEquals("a.test", seen.hostName());
    assertFalse(seen.toString().contains("tok"));
    var basic = Handshake.seen(Map.of("Authorization", List.of("Basic eDp5")));
    assertNull(basic.bearer());
    assertNull(basic.hostName());
    assertEquals("[::1]", new Handshake.Seen(null, "[::1]:8080", null).hostName());
  }
}
