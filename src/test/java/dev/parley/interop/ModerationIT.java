package dev.parley.interop;

import static dev.parley.interop.MeetingRoom.reads;
import static dev.parley.interop.MeetingRoom.seeAndHearEachOther;

import dev.parley.interop.browser.Page;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A moderator keeps the door and the peace, with the buttons of the meeting page.
final class ModerationIT extends BrowserTest {
  @Test
  void aGuestWaitsInTheLobbyUntilLetIn() {
    Page host = moderator("lobby", "\"access\": \"open\", \"lobby\": true");
    Page bob = knock(guests(), "lobby", "Bob");
    reads(bob, "Waiting to be let in");
    reads(host, "Bob is waiting to come in.");
    host.click("#knock button.primary");
    bob.await("document.body.dataset.stage === 'meeting'");
    seeAndHearEachOther(List.of(host, bob));
    host.await("document.querySelector('#knock').hidden");
  }

  @Test
  void aGuestInTheLobbyCanBeDeclined() {
    Page host = moderator("declined", "\"access\": \"open\", \"lobby\": true");
    Page bob = knock(guests(), "declined", "Bob");
    reads(host, "Bob is waiting to come in.");
    host.click("#knock button:not(.primary)");
    reads(bob, "You were not let in");
  }

  @Test
  void aLockedRoomLetsNobodyElseIn() {
    Page host = moderator("locked", "\"access\": \"open\"");
    host.click("#people");
    host.click("#lock-room");
    reads(host, "Locked");
    Page bob = knock(guests(), "locked", "Bob");
    reads(bob, "The room is locked");
    host.click("#lock-room");
    host.await("!parley.session.room.locked");
    bob.click("#join");
    bob.await("document.body.dataset.stage === 'meeting'");
  }

  @Test
  void somebodyIsMutedThenTakenOut() {
    Page host = moderator("peace", "\"access\": \"open\"");
    Page bob = enter(guests(), "peace", "Bob");
    seeAndHearEachOther(List.of(host, bob));
    host.click("#people");
    host.click("#people-list button[aria-label=\"Mute: Bob\"]");
    bob.await("!parley.media.audioOn");
    reads(bob, "has asked you to mute.");
    host.await("!document.querySelector('[aria-label=\"Mute: Bob\"]')");
    host.click("#people-list button[aria-label=\"Remove: Bob\"]");
    host.click("#confirm button.danger");
    reads(bob, "You were removed");
    host.await("parley.session.participants.size === 0 && parley.call.peers.size === 0");
  }

  /// A room with a signed-in moderator in it.
  private Page moderator(String room, String settings) {
    housekeeper().room(room, settings);
    Page page = open(hosts());
    MeetingRoom.signIn(page, server().adminPassword());
    return enter(hosts(), room, "Host");
  }
}
