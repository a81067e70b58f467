package dev.parley.interop;

import static dev.parley.interop.MeetingRoom.enter;
import static dev.parley.interop.MeetingRoom.goesOn;
import static dev.parley.interop.MeetingRoom.seeAndHearEachOther;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.incontainer.ParleyServer;
import dev.parley.interop.browser.Browser;
import dev.parley.interop.browser.Page;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Real browsers hold calls with each other through the meeting page.
final class MeshCallIT {
  private static ParleyServer server;
  private static Browser chromium;

  @BeforeAll
  static void start() {
    chromium = Browser.chromium();
    server = ParleyServer.start("parley.dev=true");
  }

  @AfterAll
  static void stop() {
    if (chromium != null) {
      chromium.close();
    }
    if (server != null) {
      server.close();
    }
  }

  private List<Page> pages = List.of();

  @AfterEach
  void closePages() {
    pages.forEach(Page::close);
  }

  @Test
  void twoChromiumsAndAThirdSeeAndHearEachOther() {
    Page ada = enter(chromium, server.http(), "three", "Ada");
    Page bob = enter(chromium, server.http(), "three", "Bob");
    pages = List.of(ada, bob);
    seeAndHearEachOther(pages);
    assertTrue(ada.number("library.statistics(parley.call).then(s => s[0].audioEnergy)") > 0);

    Page eve = enter(chromium, server.http(), "three", "Eve");
    pages = List.of(ada, bob, eve);
    seeAndHearEachOther(pages);

    eve.click("#leave");
    eve.await("document.body.dataset.stage === 'ended'");
    ada.await("parley.session.participants.size === 1 && parley.call.peers.size === 1");
    goesOn(ada);
    assertEquals(List.of(), ada.console().stream().filter(l -> l.startsWith("error")).toList());
  }

  @Test
  void firefoxAndChromiumSeeAndHearEachOther() {
    try (Browser firefox = Browser.firefox()) {
      Page fox = enter(firefox, server.http(), "mixed", "Fox");
      Page ada = enter(chromium, server.http(), "mixed", "Ada");
      pages = List.of(ada);
      seeAndHearEachOther(List.of(fox, ada));
      ada.click("#leave");
      fox.await("parley.session.participants.size === 0");
      ada.click("#again");
      ada.click("#join");
      seeAndHearEachOther(List.of(fox, ada));
    }
  }
}
