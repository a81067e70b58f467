package dev.parley.interop;

import static dev.parley.interop.MeetingRoom.seeAndHearEachOther;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.interop.browser.Browser;
import dev.parley.interop.browser.Page;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The meeting page and the server's own SFU: two people talk directly, more through the server.
final class SwitchIT extends BrowserTest {
  @Test
  void theThirdJoinMovesTheCallToTheServerAndBackWhenTwoAreLeft() {
    Page ada = enter(guests(), openRoom("three"), "Ada");
    Page bob = enter(guests(), "three", "Bob");
    seeAndHearEachOther(List.of(ada, bob));
    assertEquals("mesh", ada.text("parley.call.mode"));
    for (Page page : List.of(ada, bob)) {
      watch(page);
    }

    Page eve = enter(guests(), "three", "Eve");
    for (Page page : List.of(ada, bob, eve)) {
      allBy(page, "sfu");
    }
    seeAndHearEachOther(List.of(ada, bob, eve));
    for (Page page : List.of(ada, bob, eve)) {
      page.await("parley.call.peers.size === 0");
    }

    eve.click("#leave");
    for (Page page : List.of(ada, bob)) {
      allBy(page, "mesh");
    }
    seeAndHearEachOther(List.of(ada, bob));
    ada.await("parley.call.sfu.state === 'idle'");
    for (Page page : List.of(ada, bob)) {
      // Under one second is what people should see; a loaded machine adds its own.
      System.out.printf("longest time without a picture: %.0f ms%n", page.number("gap"));
      assertTrue(page.number("gap") < 4000, () -> "no picture for " + page.number("gap") + " ms");
      assertEquals(List.of(), page.console().stream().filter(it -> it.startsWith("err")).toList());
    }
  }

  @Test
  void sixSeeAndHearEachOtherFirefoxAmongThemAndAScreenIsLarge() {
    openRoom("six");
    try (Browser firefox = Browser.firefox()) {
      List<Page> pages = new ArrayList<>();
      for (String name : List.of("Ada", "Bob", "Eve", "Kim", "Mio")) {
        pages.add(enter(guests(), "six", name));
      }
      pages.add(MeetingRoom.enter(firefox, guests(), "six", "Fox"));
      for (Page page : pages) {
        allBy(page, "sfu");
      }
      seeAndHearEachOther(pages);
      pages.getFirst().click("#share");
      for (Page page : pages.subList(1, 6)) {
        page.await("document.querySelector('.tile[data-spot=true]')?.dataset.picture === 'true'");
      }
      for (Page page : pages.subList(1, 6)) {
        page.await("document.querySelector('.tile[data-spot=true] video').videoWidth > 640");
      }
    }
  }

  @Test
  void firefoxAndChromiumsSeeAndHearEachOtherThroughTheServer() {
    try (Browser firefox = Browser.firefox()) {
      Page ada = enter(guests(), openRoom("switch-mixed"), "Ada");
      Page fox = MeetingRoom.enter(firefox, guests(), "switch-mixed", "Fox");
      Page bob = enter(guests(), "switch-mixed", "Bob");
      List<Page> pages = List.of(ada, fox, bob);
      for (Page page : pages) {
        allBy(page, "sfu");
      }
      seeAndHearEachOther(pages);
    }
  }

  @Test
  void whoMayOnlyUseRelaysIsSeenThroughTheServerByTheFirst() {
    Page ada = enter(guests(), openRoom("relay"), "Ada");
    Page bob = closing(MeetingRoom.knock(chromium(), guests(), "relay?relay", "Bob"));
    ada.await("parley.call.mode === 'sfu'");
    bob.await("document.body.dataset.stage === 'meeting'");
    bob.await("parley.call.mode === 'sfu'");
  }

  private static void allBy(Page page, String way) {
    page.await(
        "[...parley.session.participants.keys()].every(id => parley.call.way(id) === '%s')"
            .formatted(way));
  }

  /// Notes the longest time without a new picture on the tile of the other.
  private static void watch(Page page) {
    page.evaluate(
        "void (globalThis.gap = 0, globalThis.last = 0, globalThis.look = (now) => {"
            + " if (last) gap = Math.max(gap, now - last); last = now;"
            + " shown.requestVideoFrameCallback(look); }, globalThis.shown ="
            + " document.querySelector('.tile[data-mine=false] video'),"
            + " shown.requestVideoFrameCallback(look))");
  }
}
