package dev.parley.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.interop.browser.Browser;
import dev.parley.interop.browser.Page;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// Players watch by WHEP.
final class WhepIT extends BrowserTest {
  private static final int VIEWINGS = 11;

  /// The figure is looked at by people: under 300 ms is what issue 4 asks for.
  @Test
  void theFirstFrameComesSoonAfterThePost() {
    Page encoder = open(guests());
    WhipPage.publish(encoder, server(), "soon", "video/VP8");
    Page player = open(guests());
    double[] millis = new double[VIEWINGS];
    for (int i = 0; i < VIEWINGS; i++) {
      WhipPage.watch(player, server(), "soon");
      millis[i] = player.number("pc.firstFrame");
      assertEquals(200, player.number("leave(pc)"));
    }
    Arrays.sort(millis);
    System.out.printf(
        "WHEP POST to first decoded frame: median %.0f ms, %.0f to %.0f ms%n",
        millis[VIEWINGS / 2], millis[0], millis[VIEWINGS - 1]);
  }

  @Test
  void firefoxWatchesWhatChromiumPublishes() {
    Page encoder = open(guests());
    WhipPage.publish(encoder, server(), "fox", "video/VP8");
    try (Browser firefox = Browser.firefox()) {
      Page player = firefox.open(guests());
      // Without a microphone Firefox uses the address of the default route only, and that is not
      // where this server listens.
      player.evaluate("void await navigator.mediaDevices.getUserMedia({audio: true})");
      WhipPage.watch(player, server(), "fox");
      WhipPage.goesOn(player);
    }
  }

  /// The server holds the sections for who comes later.
  @Test
  void whoComesBeforeThePublisherIsNotLeftInTheDark() {
    Page player = open(guests());
    WhipPage.teach(player);
    String watch = "watch('/whep/early', '%s')".formatted(WhipPage.token(server(), "early", "tv"));
    String first = player.text(watch + ".then(() => 'in', refused => refused.message)");
    assertEquals("in", first);
    Page encoder = open(guests());
    WhipPage.publish(encoder, server(), "early", "video/VP8");
    WhipPage.goesOn(player);
  }

  @Test
  void aPlayerGoesOnWhenTheEncoderComesAnew() {
    Page encoder = open(guests());
    WhipPage.publish(encoder, server(), "anew", "video/VP8");
    Page player = open(guests());
    WhipPage.watch(player, server(), "anew");
    WhipPage.goesOn(player);
    assertEquals(200, encoder.number("leave(pc)"));
    WhipPage.publish(encoder, server(), "anew", "video/VP8");
    WhipPage.goesOn(player);
  }
}
