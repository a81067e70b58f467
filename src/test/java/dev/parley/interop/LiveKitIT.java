package dev.parley.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.interop.browser.Browser;
import dev.parley.interop.browser.Page;
import dev.parley.lab.SignedToken;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// An unmodified `livekit-client` meets others of its kind and pages of Parley.
final class LiveKitIT extends BrowserTest {
  private static final String TWO_CONNECTIONS = "{singlePeerConnection: false}";
  private static final String ONE_CONNECTION = "{singlePeerConnection: true}";

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

  @Test
  void twoSdksMeetByTwoConnectionsEach() {
    meet("lk-two", TWO_CONNECTIONS);
  }

  @Test
  void twoSdksMeetByOneConnectionEach() {
    meet("lk-one", ONE_CONNECTION);
  }

  @Test
  void sdksOfBothKindsAndAPageMeet() {
    Page anna = join("lk-three", "anna", TWO_CONNECTIONS);
    does(anna, "enableCameraAndMicrophone()");
    Page bert = join("lk-three", "bert", ONE_CONNECTION);
    does(bert, "enableCameraAndMicrophone()");
    housekeeper().room("lk-page", "\"access\": \"open\"");
    Page page = closing(chromium().open(guests().resolve("room/lk-three?access_token=x")));
    assertTrue(page != null);
  }

  @Test
  void anSdkInFirefoxMeetsOneInChromium() {
    Page anna = join("lk-fox", "anna", ONE_CONNECTION);
    does(anna, "enableCameraAndMicrophone()");
    try (Browser firefox = Browser.firefox()) {
      Page fox = firefox.open(files.http().resolve("sdk.html"));
      // Without a microphone Firefox uses the address of the default route only, and that is not
      // where this server listens.
      fox.evaluate("void await navigator.mediaDevices.getUserMedia({audio: true})");
      enter(fox, "lk-fox", "fox", ONE_CONNECTION);
      does(fox, "enableCameraAndMicrophone()");
      fox.await("plays('anna', 'camera') && plays('anna', 'microphone')");
      anna.await("plays('fox', 'camera') && plays('fox', 'microphone')");
    }
  }

  private void meet(String name, String options) {
    Page anna = join(name, "anna", options);
    does(anna, "enableCameraAndMicrophone()");
    Page bert = join(name, "bert", options);
    bert.await("plays('anna', 'camera') && plays('anna', 'microphone')");
    does(bert, "setCameraEnabled(true)");
    anna.await("plays('bert', 'camera')");
    choose(anna, bert);
    mute(anna, bert);
    share(anna, bert);
    subscribe(anna, bert);
    talk(anna, bert);
    comeBack(anna, bert);
    does(bert, "setMetadata('x').then(() => 'done', e => e.message)");
    bert.evaluate("room.disconnect().then(() => 1)");
    anna.await("room.remoteParticipants.size === 0");
  }

  /// The size of the picture follows what is shown; the publisher learns that it is.
  private static void choose(Page anna, Page bert) {
    bert.await("width('anna', 'camera') === 1280");
    bert.evaluate("publication('anna', 'camera').setVideoQuality(VideoQuality.LOW) ?? 1");
    bert.await("width('anna', 'camera') === 320");
    anna.await("happened('localTrackSubscribed') === 2");
    bert.evaluate("publication('anna', 'camera').setVideoQuality(VideoQuality.HIGH) ?? 1");
    bert.await("width('anna', 'camera') === 1280");
  }

  private static void mute(Page anna, Page bert) {
    does(anna, "setCameraEnabled(false)");
    bert.await("publication('anna', 'camera').isMuted");
    does(anna, "setCameraEnabled(true)");
    bert.await("!publication('anna', 'camera').isMuted && goesOn('anna', 'camera')");
  }

  private static void share(Page anna, Page bert) {
    does(anna, "setScreenShareEnabled(true)");
    bert.await("plays('anna', 'screen_share')");
    does(anna, "setScreenShareEnabled(false)");
    bert.await("!publication('anna', 'screen_share')");
  }

  private static void subscribe(Page anna, Page bert) {
    bert.evaluate("publication('anna', 'camera').setSubscribed(false) ?? 1");
    bert.await("happened('trackUnsubscribed') === 2");
    bert.evaluate("publication('anna', 'camera').setSubscribed(true) ?? 1");
    bert.await("plays('anna', 'camera')");
  }

  private static void talk(Page anna, Page bert) {
    does(bert, "publishData(new TextEncoder().encode('hello'), {reliable: true, topic: 't'})");
    anna.await("happened('dataReceived') === 1");
    does(bert, "publishData(new TextEncoder().encode('lost?'), {reliable: false})");
    anna.await("happened('dataReceived') === 2");
    does(anna, "sendText('to be or not', {topic: 'poem'})");
    bert.await("heard.text === 'anna: to be or not'");
    assertTrue(anna.truth("sendBytes(3000000)"));
    bert.await("heard.bytes === 'anna,3000000,true'");
    assertEquals("abab", anna.text("call('bert', 'ab')"));
  }

  private static void comeBack(Page anna, Page bert) {
    bert.evaluate("room.simulateScenario('signal-reconnect').then(() => 1)");
    bert.await("happened('signalReconnecting') === 1 && room.state === 'connected'");
    bert.await("happened('reconnected') === 1 && goesOn('anna', 'camera')");
    assertTrue(bert.truth("happened('trackUnsubscribed') === 2"), "resumed, not begun anew");
    does(anna, "sendText('still there', {topic: 'poem'})");
    bert.await("heard.text === 'anna: still there'");
    bert.evaluate("room.simulateScenario('full-reconnect').then(() => 1)");
    bert.await("happened('reconnected') === 2 && goesOn('anna', 'camera')");
    anna.await("plays('bert', 'camera')");
  }

  private Page join(String room, String name, String options) {
    Page page = open(files.http().resolve("sdk.html"));
    enter(page, room, name, options);
    return page;
  }

  private void enter(Page page, String room, String name, String options) {
    page.await("globalThis.LivekitClient");
    String url = "ws://localhost:" + server().httpPort();
    String sid = page.text("join('%s', '%s', %s)".formatted(url, token(room, name), options));
    assertTrue(sid.startsWith("PA_"), sid);
  }

  private static void does(Page page, String what) {
    page.evaluate("room.localParticipant." + what + ".then(() => 1)");
  }

  private String token(String room, String name) {
    return SignedToken.join(
        server().apiKeyId(), server().apiKeySecret(), room, name, Instant.now().plusSeconds(600));
  }
}
