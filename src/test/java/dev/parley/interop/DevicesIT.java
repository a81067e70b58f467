package dev.parley.interop;

import static dev.parley.interop.MeetingRoom.reads;
import static dev.parley.interop.MeetingRoom.seeAndHearEachOther;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.parley.interop.browser.Browser;
import dev.parley.interop.browser.Page;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Without a camera, or without leave to use it, people still meet.
final class DevicesIT extends BrowserTest {
  @Test
  void whoAllowsNothingStillSeesAndHears() {
    try (Browser shy = Browser.chromium("--use-fake-ui-for-media-stream=deny")) {
      Page eve = shy.open(guests().resolve("room/" + openRoom("shy")));
      reads(eve, "The browser may not use your camera and microphone.");
      eve.fill("#name", "Eve");
      eve.click("#join");
      eve.await("document.body.dataset.stage === 'meeting'");
      Page ada = enter(guests(), "shy", "Ada");
      eve.await(
          "(await import('/parley.js').then(m => m.statistics(parley.call))).some("
              + "s => s.framesDecoded > 10 && s.audioPackets > 20)");
      ada.await("document.querySelector('.tile[aria-label=\"Eve, muted\"]')");
      assertFalse(eve.truth("parley.media.audioOn || parley.media.videoOn"));
    }
  }

  @Test
  void whoHasNoCameraIsHeard() {
    try (Browser blind = Browser.chromium("--use-fake-device-for-media-stream=device-count=0")) {
      Page eve = blind.open(guests().resolve("room/" + openRoom("blind")));
      reads(eve, "No camera was found.");
      eve.fill("#name", "Eve");
      eve.click("#join");
      eve.await("document.body.dataset.stage === 'meeting'");
      Page ada = enter(guests(), "blind", "Ada");
      ada.await(
          "(await import('/parley.js').then(m => m.statistics(parley.call))).some("
              + "s => s.audioEnergy > 0)");
      eve.await(
          "(await import('/parley.js').then(m => m.statistics(parley.call))).some("
              + "s => s.framesDecoded > 10)");
    }
  }

  @Test
  void aCameraThatIsTurnedOnLaterIsSeenWithoutNegotiation() {
    Page ada = enter(guests(), openRoom("later"), "Ada");
    Page bob = open(guests().resolve("room/later"));
    bob.await("document.querySelector('#mirror').srcObject");
    bob.click("#preview-camera");
    bob.click("#preview-mic");
    bob.fill("#name", "Bob");
    bob.click("#join");
    ada.await("document.querySelector('.tile[aria-label=\"Bob, muted\"]')");
    bob.click("#camera");
    bob.click("#mic");
    seeAndHearEachOther(List.of(ada, bob));
  }
}
