package dev.parley.interop;

import static dev.parley.interop.MeetingRoom.reads;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.interop.browser.Page;
import dev.parley.lab.SignedToken;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// Who may not come in reads why.
final class RefusalIT extends BrowserTest {
  private static final Instant SOON = Instant.now().plusSeconds(600);

  @Test
  void aGoodTokenOpensTheRoom() {
    Page page = withToken("good", token("good", server().apiKeySecret(), SOON));
    page.await("document.body.dataset.stage === 'meeting'");
    assertEquals("Ada", page.text("parley.session.self.identity"));
  }

  @Test
  void aTokenSignedByAnotherIsRefused() {
    refused("token-signature", token("refused", "not-the-secret-of-this-server-012345", SOON));
  }

  @Test
  void anExpiredTokenIsRefused() {
    Instant yesterday = Instant.now().minusSeconds(86_400);
    refused("token-expired", token("refused", server().apiKeySecret(), yesterday));
  }

  @Test
  void aTokenForAnotherRoomIsRefused() {
    refused("token-other-room", token("elsewhere", server().apiKeySecret(), SOON));
  }

  @Test
  void aTokenOfAnUnknownKeyIsRefused() {
    refused(
        "token-unknown-key",
        SignedToken.join("nobody", server().apiKeySecret(), "refused", "Ada", SOON));
  }

  @Test
  void somethingThatIsNoTokenIsRefused() {
    refused("token-malformed", "not-a-token");
  }

  @Test
  void aFullRoomSaysSo() {
    housekeeper().room("full", "\"access\": \"open\", \"maxParticipants\": 1");
    enter(guests(), "full", "Ada");
    reads(knock(guests(), "full", "Bob"), "The room is full");
  }

  @Test
  void aRoomThatIsNotThereSaysSo() {
    reads(knock(guests(), "nowhere", "Bob"), "There is no such room");
  }

  @Test
  void aRoomForMembersAsksStrangersToSignIn() {
    housekeeper().room("club", "\"access\": \"members\"");
    reads(knock(guests(), "club", "Bob"), "This room is for members");
  }

  @Test
  void whatIsNoRoomNameIsSaidBeforeAnybodyJoins() {
    reads(open(guests().resolve("room/Not%20a%20name")), "This is not a room name");
  }

  private String token(String room, String secret, Instant expires) {
    return SignedToken.join(server().apiKeyId(), secret, room, "Ada", expires);
  }

  private Page withToken(String room, String token) {
    return knock(guests(), room + "#token=" + token, "Ada");
  }

  /// The page gives the words for the code, and no room was made.
  private void refused(String code, String token) {
    Page page = withToken("refused", token);
    page.await("document.querySelector('#refusal').dataset.code === '" + code + "'");
    assertFalse(page.text("document.querySelector('#refusal').innerText").isBlank());
    housekeeper().room("witness-" + code, "\"access\": \"open\"");
    assertTrue(housekeeper().rooms().contains("\"witness-" + code + "\""));
    assertFalse(housekeeper().rooms().contains("\"refused\""));
  }
}
