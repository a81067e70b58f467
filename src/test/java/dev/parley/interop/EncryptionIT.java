package dev.parley.interop;

import static dev.parley.interop.MeetingRoom.reads;
import static dev.parley.interop.MeetingRoom.seeAndHearEachOther;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.interop.browser.Browser;
import dev.parley.interop.browser.Page;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A room whose media the server cannot read: who has the key sees and hears, others do not.
final class EncryptionIT extends BrowserTest {
  private String secretRoom(String name) {
    housekeeper()
        .room(name, "\"access\": \"open\", \"topology\": \"sfu\", \"encryption\": \"required\"");
    return name;
  }

  @Test
  void onlyWhoHasTheKeySeesAndHears() {
    String room = secretRoom("secret");
    Page ada = enter(guests(), room + "#key=open%20sesame", "Ada");
    Page bob = enter(guests(), room + "#key=open%20sesame", "Bob");
    seeAndHearEachOther(List.of(ada, bob));
    assertTrue(ada.truth("[...parley.session.tracks.values()].every((track) => track.encrypted)"));
    ada.await("!document.querySelector('#encrypted').hidden");
    assertEquals(4, ada.number("parley.session.tracks.size"));

    Page eve = enter(guests(), room + "#key=open%20barley", "Eve");
    eve.evaluate(
        "void (globalThis.taken = async (what) => [...(await"
            + " parley.call.sfu.connection.getStats()).values()].filter((one) => one.type ==="
            + " 'inbound-rtp').map((one) => one[what] ?? 0))");
    eve.await("(await taken('packetsReceived')).filter((packets) => packets > 50).length === 4");
    assertEquals(0, eve.number("taken('framesDecoded').then((all) => Math.max(...all))"));
    assertEquals(0, eve.number("taken('totalAudioEnergy').then((all) => Math.max(...all))"));
    eve.await("document.querySelectorAll('.trouble:not([hidden])').length === 2");
    reads(eve, "Encrypted with another key");

    Page kim = enter(guests(), room, "Kim");
    reads(kim, "This room is encrypted from end to end");
    assertEquals(6, kim.number("parley.session.tracks.size"), "those of Ada, Bob and Eve");
  }

  @Test
  void firefoxAndChromiumDecryptEachOther() {
    try (Browser firefox = Browser.firefox()) {
      String room = secretRoom("mixed") + "#key=open%20sesame";
      Page ada = enter(guests(), room, "Ada");
      Page fox = MeetingRoom.enter(firefox, guests(), room, "Fox");
      seeAndHearEachOther(List.of(ada, fox));
    }
  }
}
