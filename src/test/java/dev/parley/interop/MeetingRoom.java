package dev.parley.interop;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.interop.browser.Browser;
import dev.parley.interop.browser.Page;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/// The steps of browser tests on the meeting page, in the words of its users.
final class MeetingRoom {
  private static final String CAMERA = "document.querySelector('#mirror')?.srcObject";
  private static final Duration CAMERA_WITHIN = Duration.ofSeconds(15);

  private MeetingRoom() {}

  /// Opens the page of a room, waits for the camera, and presses Join.
  static Page knock(Browser browser, URI server, String room, String name) {
    Page page = arrive(browser, server.resolve("room/" + room));
    join(page, name);
    return page;
  }

  /// Opens the page of a room and waits for the camera.
  ///
  /// On a loaded machine a fresh Chromium may leave its first request for a camera unanswered for
  /// half a minute and longer, while a second one is answered at once: so the page is opened anew.
  static Page arrive(Browser browser, URI address) {
    Page page = browser.open(address);
    for (int i = 0; i < 2 && !page.comes(CAMERA, CAMERA_WITHIN); i++) {
      System.out.println("the camera is asked for again");
      page.go(address);
    }
    page.await(CAMERA);
    return page;
  }

  /// Presses Join.
  static void join(Page page, String name) {
    page.fill("#name", name);
    page.click("#join");
  }

  /// The same, and waits until the meeting shows.
  static Page enter(Browser browser, URI server, String room, String name) {
    Page page = knock(browser, server, room, name);
    page.await("document.body.dataset.stage === 'meeting'");
    return page;
  }

  /// Signs the page's browser in as the administrator.
  static void signIn(Page page, String password) {
    String body = "{account: 'admin', password: '" + password + "'}";
    assertTrue(
        page.truth(
            "fetch('/api/v1/session', {method: 'POST', headers: {'Content-Type':"
                + " 'application/json'}, body: JSON.stringify("
                + body
                + ")}).then(r => r.ok)"));
  }

  /// Waits until every page decodes more and more video and audio of everyone else.
  static void seeAndHearEachOther(List<Page> pages) {
    for (Page page : pages) {
      page.await(
          "(await import('/parley.js').then(m => m.statistics(parley.call))).filter("
              + "s => s.framesDecoded > 0 && s.audioPackets > 0 && s.audioSamples > 0).length"
              + " === "
              + (pages.size() - 1));
    }
    for (Page page : pages) {
      goesOn(page);
    }
  }

  /// Waits until a page has decoded more of everyone than it had when this was called.
  static void goesOn(Page page) {
    page.evaluate(
        "import('/parley.js').then(async m => { globalThis.library = m;"
            + " globalThis.before = await m.statistics(parley.call); })");
    page.await(
        "(await library.statistics(parley.call)).every((now, i) => now.framesDecoded >"
            + " before[i].framesDecoded + 5 && now.audioPackets > before[i].audioPackets + 20"
            + " && now.audioSamples > before[i].audioSamples)");
  }

  /// Waits until a page reads words.
  static void reads(Page page, String words) {
    page.await("document.body.innerText.includes('" + words + "')");
  }
}
