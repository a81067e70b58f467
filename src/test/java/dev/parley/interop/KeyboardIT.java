package dev.parley.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.interop.browser.Page;
import org.junit.jupiter.api.Test;

/// The way through a meeting without a mouse.
final class KeyboardIT extends BrowserTest {
  private static final String TAB = "\uE004";
  private static final String ENTER = "\uE007";
  private static final String ESCAPE = "\uE00C";

  @Test
  void aMeetingIsJoinedSteeredAndLeftByKeys() {
    openRoom("keys-only");
    Page page = open(guests());
    page.await("document.readyState === 'complete'");
    tabTo(page, "room");
    page.press("Keys only", ENTER);
    page.await("location.pathname.endsWith('/room/keys-only')");
    page.await("document.activeElement.id === 'name'");
    page.press("Ada", ENTER);
    page.await("document.body.dataset.stage === 'meeting'");
    page.await("document.activeElement.id === 'mic' && parley.media.audioOn");
    page.press(ENTER);
    page.await("!parley.media.audioOn");
    tabTo(page, "people");
    page.press(ENTER);
    page.await("document.activeElement.id === 'people-title'");
    page.press(ESCAPE);
    assertEquals("people", page.text("document.activeElement.id"));
    tabTo(page, "leave");
    assertTrue(page.truth("getComputedStyle(document.activeElement).outlineStyle !== 'none'"));
    page.press(ENTER);
    page.await("document.activeElement.id === 'ended-title'");
  }

  private static void tabTo(Page page, String id) {
    for (int i = 0; i < 20 && !page.text("document.activeElement.id").equals(id); i++) {
      page.press(TAB);
    }
    assertEquals(id, page.text("document.activeElement.id"));
  }
}
