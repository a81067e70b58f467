package dev.parley.interop;

import static dev.parley.interop.MeetingRoom.goesOn;
import static dev.parley.interop.MeetingRoom.seeAndHearEachOther;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.interop.browser.Browser;
import dev.parley.interop.browser.Page;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Real browsers hold calls with each other through the meeting page.
final class MeshCallIT extends BrowserTest {
  @Test
  void twoChromiumsAndAThirdSeeAndHearEachOther() {
    Page ada = enter(guests(), openRoom("mesh-three"), "Ada");
    Page bob = enter(guests(), "mesh-three", "Bob");
    seeAndHearEachOther(List.of(ada, bob));
    ada.await("(await library.statistics(parley.call))[0].audioEnergy > 0");

    Page eve = enter(guests(), "mesh-three", "Eve");
    seeAndHearEachOther(List.of(ada, bob, eve));

    eve.click("#leave");
    eve.await("document.body.dataset.stage === 'ended'");
    ada.await("parley.session.participants.size === 1 && parley.call.peers.size === 1");
    goesOn(ada);
    for (Page page : List.of(ada, bob, eve)) {
      assertEquals(List.of(), page.console().stream().filter(MeshCallIT::isError).toList());
    }
  }

  @Test
  void firefoxAndChromiumSeeAndHearEachOtherWhoeverComesFirst() {
    try (Browser firefox = Browser.firefox()) {
      Page fox = MeetingRoom.enter(firefox, guests(), openRoom("mesh-mixed"), "Fox");
      Page ada = enter(guests(), "mesh-mixed", "Ada");
      seeAndHearEachOther(List.of(fox, ada));

      fox.click("#leave");
      ada.await("parley.session.participants.size === 0");
      fox.click("#again");
      fox.click("#join");
      fox.await("document.body.dataset.stage === 'meeting'");
      seeAndHearEachOther(List.of(fox, ada));
      assertEquals(List.of(), fox.console().stream().filter(MeshCallIT::isError).toList());
    }
  }

  @Test
  void offersThatCollideEndInOneCall() {
    Page ada = enter(guests(), openRoom("glare"), "Ada");
    Page bob = enter(guests(), "glare", "Bob");
    seeAndHearEachOther(List.of(ada, bob));
    for (int round = 0; round < 3; round++) {
      for (Page page : List.of(ada, bob)) {
        page.evaluate("parley.call.peers.forEach(peer => peer.connection.restartIce())");
      }
    }
    for (Page page : List.of(ada, bob)) {
      page.await(
          "[...parley.call.peers.values()].every(peer => peer.connection.signalingState ==="
              + " 'stable' && peer.connection.connectionState === 'connected'"
              + " && peer.connection.getTransceivers().length === 2)");
      goesOn(page);
    }
  }

  @Test
  void mutingAndTheCameraAreSeenByTheOthers() {
    Page ada = enter(guests(), openRoom("switches"), "Ada");
    Page bob = enter(guests(), "switches", "Bob");
    seeAndHearEachOther(List.of(ada, bob));
    ada.click("#mic");
    bob.await("document.querySelector('.tile[aria-label=\"Ada, muted\"]')");
    ada.click("#camera");
    bob.await("document.querySelector('.tile[aria-label^=Ada]').dataset.video === 'false'");
    assertTrue(ada.truth("parley.media.videoTrack === null")); // the light is out
    ada.click("#camera");
    bob.await("document.querySelector('.tile[aria-label^=Ada]').dataset.video === 'true'");
    goesOn(bob);
  }

  private static boolean isError(String line) {
    return line.startsWith("error");
  }
}
