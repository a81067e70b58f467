package dev.parley.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.interop.browser.Page;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import org.junit.jupiter.api.Test;

/// Browsers learn their addresses from Parley's own STUN server, which a room names to whoever
/// joins.
///
/// On one machine a server-reflexive candidate equals its host candidate and is dropped as
/// redundant (RFC 8445, section 5.1.3), so the proof is that every question was answered: Chromium
/// reports a silent server as error 701 before it ends gathering.
final class StunIT extends BrowserTest {
  private static final String GATHER =
      "new Promise(done => { const errors = [], types = new Set();"
          + " const connection = new RTCPeerConnection({iceServers: parley.session.iceServers});"
          + " connection.onicecandidateerror = e => errors.push(`${e.errorCode} ${e.errorText}`);"
          + " connection.onicecandidate = e => e.candidate ? types.add(e.candidate.type)"
          + "   : done({errors, types: [...types]});"
          + " connection.createDataChannel('any');"
          + " connection.setLocalDescription(); })";

  @Test
  void everyQuestionOfABrowserIsAnswered() {
    Page ada = enter(guests(), openRoom("stun"), "Ada");
    assertTrue(ada.truth("parley.session.iceServers.some(s => `${s.urls}`.includes('stun:'))"));
    JsonObject gathered = ada.evaluate(GATHER).asJsonObject();
    assertEquals(JsonArray.EMPTY_JSON_ARRAY, gathered.getJsonArray("errors"));
    assertTrue(gathered.getJsonArray("types").toString().contains("host"));
  }
}
