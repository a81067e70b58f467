package dev.parley.interop;

import static dev.parley.interop.MeetingRoom.reads;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.interop.browser.Page;
import java.io.IOException;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/// The start page: signing in, making rooms, inviting; and how all pages are served.
final class StartPageIT extends BrowserTest {
  @Test
  void anAdministratorSignsInMakesARoomInvitesAndDeletesIt() {
    Page page = open(hosts());
    page.fill("#account", "admin");
    page.fill("#password", "not-the-password");
    page.click("#sign-in-form button");
    reads(page, "That did not match");
    page.fill("#password", server().adminPassword());
    page.click("#sign-in-form button");
    reads(page, "Make a room");

    page.fill("#title", "Board & friends");
    assertEquals("board-friends", page.text("document.querySelector('#new-name').value"));
    page.click("#create-form button");
    reads(page, "Board & friends");

    // what Copy invitation copies, without a clipboard that other tests would share
    page.evaluate(
        "void (navigator.clipboard.writeText = async text => { globalThis.copied = text; })");
    page.click("[data-room=board-friends] button:not(.danger)");
    page.await("globalThis.copied");
    String invitation = page.text("new URL(copied).pathname + new URL(copied).search");
    Page bob = open(guests().resolve(invitation.substring(1)));
    bob.fill("#name", "Bob");
    bob.click("#join");
    bob.await("document.body.dataset.stage === 'meeting'");
    bob.click("#leave");

    page.click("[data-room=board-friends] button.danger");
    page.click("#confirm button.danger");
    page.await("!document.querySelector('[data-room=board-friends]')");
    page.click("#sign-out");
    page.await("document.querySelector('#rooms').hidden");
  }

  @Test
  void everyPageCarriesItsSecurityHeaders() throws IOException, InterruptedException {
    for (String path : new String[] {"", "room/any", "parley.js", "room/page/room.js"}) {
      HttpResponse<String> answer = server().get(path);
      assertEquals(200, answer.statusCode(), path);
      String policy = answer.headers().firstValue("Content-Security-Policy").orElse("");
      assertTrue(policy.contains("script-src 'self';"), path);
      assertTrue(policy.contains("frame-ancestors 'none'"), path);
      assertEquals("nosniff", answer.headers().firstValue("X-Content-Type-Options").orElse(""));
      assertEquals("no-referrer", answer.headers().firstValue("Referrer-Policy").orElse(""));
    }
  }
}
