package dev.parley.config;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OriginsTest {
  private final Origins origins = new Origins(Set.of("https://App.example.com/"));

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
}
