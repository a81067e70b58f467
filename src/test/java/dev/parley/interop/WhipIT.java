package dev.parley.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parley.interop.browser.Page;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// One browser publishes by WHIP, others watch.
final class WhipIT extends BrowserTest {
  @ParameterizedTest
  @ValueSource(strings = {"video/VP8", "video/H264"})
  void whatOneBrowserPublishesAnotherDecodes(String codec) {
    String room = "whip-" + codec.substring(6).toLowerCase(Locale.ROOT);
    Page encoder = open(guests());
    assumeTrue(
        encoder.truth(
            "RTCRtpSender.getCapabilities('video').codecs.some(c => c.mimeType === '%s')"
                .formatted(codec)));
    WhipPage.publish(encoder, server(), room, codec);
    Page player = open(guests());
    WhipPage.watch(player, server(), room);
    WhipPage.goesOn(player);
    assertEquals(codec, player.text("(await received(pc)).codec"));
  }

  @Test
  void iceRestartsWithoutAGap() {
    Page encoder = open(guests());
    WhipPage.publish(encoder, server(), "restart", "video/VP8");
    Page player = open(guests());
    WhipPage.watch(player, server(), "restart");
    WhipPage.goesOn(player);
    for (Page page : new Page[] {encoder, player}) {
      page.evaluate("void await restart(pc)");
      assertEquals("\"2\"", page.text("pc.tag"));
      page.await("pc.connectionState === 'connected'");
      WhipPage.goesOn(player);
    }
  }

  @Test
  void anEncoderThatLeavesIsGoneAtOnce() {
    Page encoder = open(guests());
    WhipPage.publish(encoder, server(), "leaving", "video/VP8");
    assertEquals(200, encoder.number("leave(pc)"));
    assertEquals(
        404, encoder.number("fetch(pc.url, {method: 'DELETE'}).then(answer => answer.status)"));
  }

  @Test
  void peopleOnTheMeetingPageSeeAnEncoder() {
    Page ada = enter(guests(), openRoom("guests-and-obs"), "Ada");
    Page encoder = open(guests());
    WhipPage.publish(encoder, server(), "guests-and-obs", "video/VP8");
    ada.await("parley.session.participants.size === 1");
    ada.await(
        "[...document.querySelectorAll('video')].filter(v => v.videoWidth === 640"
            + " && !v.paused).length > 0");
  }
}
