package dev.parley.interop;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.interop.browser.Page;
import dev.parley.lab.SignedToken;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// An unmodified `livekit-client` meets others of its kind and pages of Parley.
final class LiveKitIT extends BrowserTest {
  private PageFiles files;

  LiveKitIT() {
    super("parley.dev=true", "parley.bind=");
  }

  @BeforeAll
  void serve() {
    files = new PageFiles();
  }

  @AfterAll
  void close() {
    files.close();
  }

  private String token(String room, String name) {
    return SignedToken.join(
        server().apiKeyId(), server().apiKeySecret(), room, name, Instant.now().plusSeconds(600));
  }

  private Page join(String room, String name, String options) {
    Page page = open(files.http().resolve("sdk.html"));
    page.await("globalThis.LivekitClient");
    String url = "ws://localhost:" + server().httpPort();
    String sid = page.text("join('%s', '%s', %s)".formatted(url, token(room, name), options));
    assertTrue(sid.startsWith("PA_"), sid);
    return page;
  }

  private static final String V0 = "{singlePeerConnection: false}";
  private static final String V1 = "{singlePeerConnection: true}";

  @Test
  void twoSdksMeetByTwoConnectionsEach() {
    meet("lk-v0", V0);
  }

  @Test
  void twoSdksMeetByOneConnectionEach() {
    meet("lk-v1", V1);
  }

  private void meet(String name, String options) {
    Page anna = join(name, "anna", options);
    Page bert = null;
    try {
      anna.evaluate("room.localParticipant.setMicrophoneEnabled(true).then(() => 1)");
      anna.evaluate("room.localParticipant.setCameraEnabled(true).then(() => 1)");
      bert = join(name, "bert", options);
      bert.await("plays('anna', 'camera') && plays('anna', 'microphone')");
      bert.evaluate("room.localParticipant.setCameraEnabled(true).then(() => 1)");
      anna.await("plays('bert', 'camera')");
      bert.evaluate(
          "room.localParticipant.publishData(new TextEncoder().encode('hello'), {reliable: true,"
              + " topic: 't'}).then(() => 1)");
      anna.await("happened('dataReceived') === 1");
      bert.await("width('anna', 'camera') === 1280");
      bert.evaluate("publication('anna', 'camera').setVideoQuality(VideoQuality.LOW) ?? 1");
      bert.await("width('anna', 'camera') === 320");
      anna.await("happened('localTrackSubscribed') >= 2");
      bert.evaluate("publication('anna', 'camera').setVideoQuality(VideoQuality.HIGH) ?? 1");
      bert.await("width('anna', 'camera') === 1280");
      anna.evaluate("room.localParticipant.setCameraEnabled(false).then(() => 1)");
      bert.await("publication('anna', 'camera').isMuted");
      anna.evaluate("room.localParticipant.setCameraEnabled(true).then(() => 1)");
      bert.await("!publication('anna', 'camera').isMuted && goesOn('anna', 'camera')");
      anna.evaluate("room.localParticipant.setScreenShareEnabled(true).then(() => 1)");
      bert.await("plays('anna', 'screen_share')");
      anna.evaluate("room.localParticipant.setScreenShareEnabled(false).then(() => 1)");
      bert.await("!publication('anna', 'screen_share')");
      bert.evaluate("publication('anna', 'camera').setSubscribed(false) ?? 1");
      bert.await("!element('anna', 'camera') || happened('trackUnsubscribed') >= 2");
      bert.evaluate("publication('anna', 'camera').setSubscribed(true) ?? 1");
      bert.await("plays('anna', 'camera')");
      bert.evaluate("room.simulateScenario('resume-reconnect').then(() => 1)");
      bert.await(
          "happened('reconnected') + happened('signalReconnecting') >= 1 && room.state ==="
              + " 'connected' && goesOn('anna', 'camera')");
      bert.evaluate("room.simulateScenario('full-reconnect').then(() => 1)");
      bert.await(
          "happened('reconnected') >= 1 && room.state === 'connected' && goesOn('anna', 'camera')");
      anna.await("plays('bert', 'camera')");
      bert.evaluate("room.disconnect().then(() => 1)");
      anna.await("room.remoteParticipants.size === 0");
    } catch (RuntimeException e) {
      System.out.println("A " + anna.evaluate("log.filter(l => l[0] != 'activeSpeakersChanged')"));
      if (bert != null)
        System.out.println(
            "B " + bert.evaluate("log.filter(l => l[0] != 'activeSpeakersChanged')"));
      String console = server().console();
      System.out.println(console.substring(console.indexOf("stop ")));
      throw e;
    }
  }
}
