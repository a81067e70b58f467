package dev.parley.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.interop.browser.Browser;
import dev.parley.interop.browser.Page;
import java.util.List;
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

  /// Anna has two PeerConnections, bert one.
  @Test
  void sdksOfBothKindsDoAllThatThereIsToDo() {
    Page anna = join("lk-all", "anna", TWO_CONNECTIONS);
    does(anna, "enableCameraAndMicrophone()");
    Page bert = join("lk-all", "bert", ONE_CONNECTION);
    bert.await("plays('anna', 'camera') && plays('anna', 'microphone')");
    does(bert, "setCameraEnabled(true)");
    anna.await("plays('bert', 'camera')");
    choose(anna, bert);
    mute(anna, bert);
    share(anna, bert);
    subscribe(anna, bert);
    subscribe(bert, anna);
    permit(anna, bert);
    talk(anna, bert);
    talk(bert, anna);
    comeBack(anna, bert);
    comeBack(bert, anna);
    bert.evaluate("room.disconnect().then(() => 1)");
    anna.await("room.remoteParticipants.size === 0");
  }

  /// A Firefox without a screen has none to share: a canvas is published as one.
  @Test
  void anSdkInFirefoxWithTwoConnectionsDoesAllThatThereIsToDo() {
    try (Browser firefox = Browser.firefox()) {
      Page fox = inFirefox(firefox, "lk-fox", "fox", TWO_CONNECTIONS);
      does(fox, "enableCameraAndMicrophone()");
      Page bert = join("lk-fox", "bert", ONE_CONNECTION);
      does(bert, "enableCameraAndMicrophone()");
      bert.await("plays('fox', 'camera') && plays('fox', 'microphone')");
      fox.await("plays('bert', 'camera') && plays('bert', 'microphone')");
      choose(fox, bert);
      mute(fox, bert);
      fox.evaluate("shareCanvas().then(() => 1)");
      bert.await("plays('fox', 'screen_share')");
      fox.evaluate("unshareCanvas().then(() => 1)");
      bert.await("!publication('fox', 'screen_share')");
      subscribe(bert, fox);
      talk(fox, bert);
      talk(bert, fox);
      comeBack(fox, bert);
      fox.evaluate("room.disconnect().then(() => 1)");
      bert.await("room.remoteParticipants.size === 0");
    }
  }

  private Page inFirefox(Browser firefox, String room, String name, String options) {
    Page page = firefox.open(files.http().resolve(SdkPage.FILE));
    // Without a microphone Firefox uses the address of the default route only, and that is not
    // where this server listens.
    page.evaluate("void await navigator.mediaDevices.getUserMedia({audio: true})");
    enter(page, room, name, options);
    return page;
  }

  @Test
  void anSdkInFirefoxAndAPageMeetIt() {
    String room = openRoom("lk-three");
    Page anna = join(room, "anna", ONE_CONNECTION);
    does(anna, "enableCameraAndMicrophone()");
    try (Browser firefox = Browser.firefox()) {
      Page fox = inFirefox(firefox, room, "fox", ONE_CONNECTION);
      does(fox, "enableCameraAndMicrophone()");
      Page cora = enter(guests(), room, "cora");
      MeetingRoom.seeAndHearEachOther(List.of(cora, cora, cora));
      for (Page page : List.of(anna, fox)) {
        page.await(
            "globalThis.cora ="
                + " [...room.remoteParticipants.values()].find(p => p.name === 'cora')?.identity");
        page.await("plays(cora, 'camera') && plays(cora, 'microphone')");
      }
      anna.await("plays('fox', 'camera') && plays('fox', 'microphone')");
      fox.await("plays('anna', 'camera') && plays('anna', 'microphone')");
      chat(anna, fox, cora);
    }
  }

  private static void chat(Page anna, Page fox, Page cora) {
    cora.evaluate("globalThis.said = []");
    cora.evaluate("parley.session.addEventListener('data', e => said.push(e.detail)) ?? 1");
    does(anna, "publishData(new TextEncoder().encode('hello'), {reliable: true, topic: 't'})");
    fox.await("happened('dataReceived') === 1");
    cora.await("said.length === 1 && new TextDecoder().decode(said[0].data) === 'hello'");
    cora.evaluate("parley.session.sendData('hi', {topic: 't'}).then(() => 1)");
    fox.await("happened('dataReceived') === 2");
    anna.await("happened('dataReceived') === 1");
  }

  /// The size of the picture follows what is shown; the publisher learns that it is.
  private static void choose(Page one, Page other) {
    String width = "width('" + name(one) + "', 'camera')";
    String camera = "publication('" + name(one) + "', 'camera')";
    other.await(width + " === 1280");
    other.evaluate(camera + ".setVideoQuality(VideoQuality.LOW) ?? 1");
    other.await(width + " === 320");
    one.await("happened('localTrackSubscribed') === 2");
    other.evaluate(camera + ".setVideoQuality(VideoQuality.HIGH) ?? 1");
    other.await(width + " === 1280");
  }

  private static void mute(Page one, Page other) {
    does(one, "setCameraEnabled(false)");
    String camera = "publication('" + name(one) + "', 'camera')";
    other.await(camera + ".isMuted");
    does(one, "setCameraEnabled(true)");
    other.await("!" + camera + ".isMuted && goesOn('" + name(one) + "', 'camera')");
  }

  private static void share(Page one, Page other) {
    does(one, "setScreenShareEnabled(true)");
    other.await("plays('" + name(one) + "', 'screen_share')");
    does(one, "setScreenShareEnabled(false)");
    other.await("!publication('" + name(one) + "', 'screen_share')");
  }

  private static void subscribe(Page one, Page other) {
    String camera = "publication('" + name(one) + "', 'camera')";
    double before = other.number("happened('trackUnsubscribed')");
    other.evaluate(camera + ".setSubscribed(false) ?? 1");
    other.await("happened('trackUnsubscribed') === " + (before + 1));
    other.evaluate(camera + ".setSubscribed(true) ?? 1");
    other.await("plays('" + name(one) + "', 'camera')");
  }

  /// Who is not allowed gets nothing more, and everything again when it is.
  private static void permit(Page one, Page other) {
    String name = name(one);
    String permit = "room.localParticipant.setTrackSubscriptionPermissions(%s) ?? 1";
    String allowed = "publication('" + name + "', 'camera').permissionStatus === '%s'";
    one.evaluate(permit.formatted("false, []"));
    other.await(allowed.formatted("not_allowed"));
    other.await("!element('" + name + "', 'camera') && !element('" + name + "', 'microphone')");
    String mine = "{participantIdentity: '" + name(other) + "', allowAll: true}";
    one.evaluate(permit.formatted("false, [" + mine + "]"));
    other.await(allowed.formatted("allowed"));
    other.await("plays('" + name + "', 'camera') && plays('" + name + "', 'microphone')");
  }

  private static void talk(Page one, Page other) {
    double before = other.number("happened('dataReceived')");
    does(one, "publishData(new TextEncoder().encode('hello'), {reliable: true, topic: 't'})");
    other.await("happened('dataReceived') === " + (before + 1));
    does(one, "publishData(new TextEncoder().encode('lost?'), {reliable: false})");
    other.await("happened('dataReceived') === " + (before + 2));
    does(one, "sendText('to be or not', {topic: 'poem'})");
    other.await("heard.text === '" + name(one) + ": to be or not'");
    assertTrue(one.truth("sendBytes(3000000)"));
    other.await("heard.bytes === '" + name(one) + ",3000000,true'");
    assertEquals("abab", one.text("call('" + name(other) + "', 'ab')"));
  }

  /// One comes back on a new socket, and then altogether anew.
  private static void comeBack(Page one, Page other) {
    double before = one.number("happened('trackUnsubscribed')");
    one.evaluate("room.simulateScenario('signal-reconnect').then(() => 1)");
    String camera = "goesOn('" + name(other) + "', 'camera')";
    one.await("happened('signalReconnecting') === 1 && room.state === 'connected'");
    one.await("happened('reconnected') === 1 && " + camera);
    assertEquals(before, one.number("happened('trackUnsubscribed')"), "resumed, not begun anew");
    does(other, "sendText('still there', {topic: 'poem'})");
    one.await("heard.text === '" + name(other) + ": still there'");
    one.evaluate("room.simulateScenario('full-reconnect').then(() => 1)");
    one.await("happened('reconnected') === 2 && " + camera);
    other.await("plays('" + name(one) + "', 'camera')");
  }

  private static String name(Page page) {
    return page.text("room.localParticipant.identity");
  }

  private Page join(String room, String name, String options) {
    Page page = open(files.http().resolve(SdkPage.FILE));
    enter(page, room, name, options);
    return page;
  }

  private void enter(Page page, String room, String name, String options) {
    SdkPage.enter(page, server(), room, name, options);
  }

  private static void does(Page page, String what) {
    page.evaluate("room.localParticipant." + what + ".then(() => 1)");
  }
}
