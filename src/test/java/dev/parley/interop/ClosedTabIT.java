package dev.parley.interop;

import static dev.parley.interop.MeetingRoom.goesOn;
import static dev.parley.interop.MeetingRoom.seeAndHearEachOther;

import dev.parley.interop.browser.Page;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Who is gone without a word is gone from the others too.
final class ClosedTabIT extends BrowserTest {
  ClosedTabIT() {
    // Half a minute is the default; here five seconds, so that the test is short.
    super("parley.signal.resume=5");
  }

  @Test
  void aTabThatDiesIsGoneFromTheOthers() {
    try (Front front = new Front(guests(), Map.of())) {
      Page ada = enter(guests(), openRoom("dying"), "Ada");
      Page bob = enter(guests(), "dying", "Bob");
      Page eve = MeetingRoom.enter(chromium(), front.http(), "dying", "Eve");
      for (Page page : List.of(ada, bob, eve)) {
        page.await("parley.call.mode === 'sfu'");
      }
      seeAndHearEachOther(List.of(ada, bob, eve));
      String id = eve.text("parley.session.self.id");

      long died = System.nanoTime();
      front.cut(); // so that it cannot say goodbye
      eve.close();
      for (Page page : List.of(ada, bob)) {
        page.await("!parley.session.participants.has('" + id + "')");
        page.await("document.querySelectorAll('.tile[data-mine=false]').length === 1");
      }
      System.out.printf(
          "gone from the others after %d ms%n", (System.nanoTime() - died) / 1_000_000);
      goesOn(ada);
      goesOn(bob);
    }
  }
}
