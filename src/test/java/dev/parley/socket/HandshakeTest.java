package dev.parley.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HandshakeTest {
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
