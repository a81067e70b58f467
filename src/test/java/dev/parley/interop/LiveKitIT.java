package dev.parley.interop;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.interop.browser.Page;
import dev.parley.lab.SignedToken;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// An unmodified `livekit-client` meets others of its kind and pages of Parley.
final class LiveKitIT extends BrowserTest {
  private PageFiles files;

  LiveKitIT() {
    super("parley.dev=true", "parley.bind=");
  }

  @BeforeAll
  void serve() {
    files = new PageFiles();
  }

  @AfterAll
  void close() {
    files.close();
  }

  private String token(String room, String name) {
    return SignedToken.join(
        server().apiKeyId(), server().apiKeySecret(), room, name, Instant.now().plusSeconds(600));
  }

  private Page join(String room, String name, String options) {
    Page page = open(files.http().resolve("sdk.html"));
    page.await("globalThis.LivekitClient");
    String url = "ws://localhost:" + server().httpPort();
    String sid = page.text("join('%s', '%s', %s)".formatted(url, token(room, name), options));
    assertTrue(sid.startsWith("PA_"), sid);
    return page;
  }

  @Test
  void twoSdksMeet() {
    Page anna = join("lk-two", "anna", "{}");
    anna.evaluate("room.localParticipant.setMicrophoneEnabled(true).then(() => 1)");
    anna.evaluate("room.localParticipant.setCameraEnabled(true).then(() => 1)");
    Page bert = join("lk-two", "bert", "{}");
    try {
      bert.await("plays('anna', 'camera') && plays('anna', 'microphone')");
    } finally {
      System.out.println(anna.console());
      System.out.println(bert.console());
      System.out.println(server().console());
    }
  }
}
