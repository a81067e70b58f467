package dev.parley.interop;

import static dev.parley.interop.MeetingRoom.goesOn;
import static dev.parley.interop.MeetingRoom.seeAndHearEachOther;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.parley.interop.browser.Page;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// A signaling socket that breaks does not break a call.
final class LostSocketIT extends BrowserTest {
  LostSocketIT() {
    super("parley.signal.resume=5");
  }

  @Test
  void aCutSocketResumesWhileMediaGoesOnAndNothingIsMissed() {
    try (Front front = new Front(guests(), Map.of())) {
      Page ada = enter(guests(), openRoom("cut"), "Ada");
      Page bob = enter(front.http(), "cut", "Bob");
      seeAndHearEachOther(List.of(ada, bob));
      ada.evaluate(
          "void (globalThis.left = [], parley.session.addEventListener('participant-left',"
              + " e => left.push(e.detail)))");
      String id = bob.text("parley.session.self.id");

      front.cut();
      bob.await("parley.session.state === 'reconnecting'");
      bob.await("!document.querySelector('#reconnecting').hidden");
      ada.await("[...parley.session.participants.values()][0].connected === false");
      goesOn(bob);
      ada.click("#mic"); // said while Bob is not there to hear it
      front.mend();

      bob.await("parley.session.state === 'joined'");
      bob.await("[...parley.session.participants.values()][0].audio === false");
      bob.await("document.querySelector('#reconnecting').hidden");
      ada.await("[...parley.session.participants.values()][0].connected === true");
      assertEquals(id, bob.text("parley.session.self.id"));
      assertEquals(0, ada.number("left.length"));
      bob.click("#camera"); // and what is said later arrives
      ada.await("[...parley.session.participants.values()][0].video === false");
      bob.click("#camera");
      goesOn(ada);
    }
  }

  @Test
  void whoIsAwayForTooLongJoinsAnewByItself() {
    try (Front front = new Front(guests(), Map.of())) {
      Page ada = enter(guests(), openRoom("away"), "Ada");
      Page bob = enter(front.http(), "away", "Bob");
      seeAndHearEachOther(List.of(ada, bob));
      String id = bob.text("parley.session.self.id");
      front.cut();
      ada.await("parley.session.participants.size === 0");
      assertFalse(bob.truth("parley.session.state === 'closed'"));
      front.mend();
      bob.await("parley.session.state === 'joined' && parley.session.participants.size === 1");
      assertNotEquals(id, bob.text("parley.session.self.id"));
      seeAndHearEachOther(List.of(ada, bob));
    }
  }
}
