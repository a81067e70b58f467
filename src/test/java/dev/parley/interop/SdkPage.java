package dev.parley.interop;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.incontainer.ParleyServer;
import dev.parley.interop.browser.Page;
import dev.parley.lab.SignedToken;
import java.time.Instant;

/// `sdk.html`: an unmodified `livekit-client`.
final class SdkPage {
  static final String FILE = "sdk.html";

  private SdkPage() {}

  /// Joins a room from an open page.
  ///
  /// @param options of the SDK's `Room`
  static void enter(Page page, ParleyServer server, String room, String name, String options) {
    page.await("globalThis.LivekitClient");
    String url = "ws://localhost:" + server.httpPort();
    Instant soon = Instant.now().plusSeconds(600);
    String token = SignedToken.join(server.apiKeyId(), server.apiKeySecret(), room, name, soon);
    String sid = page.text("join('%s', '%s', %s)".formatted(url, token, options));
    assertTrue(sid.startsWith("PA_"), sid);
  }
}
