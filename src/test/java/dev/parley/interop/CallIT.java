package dev.parley.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.interop.browser.Browser;
import dev.parley.interop.browser.Page;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// The calls of parley.js against a room that lives in the page: several participants and a server
/// made of RTCPeerConnections (src/test/browser/fake-room.js). Pictures are plain colours, so that
/// what arrives can be told.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CallIT {
  private static final String RED = "'3,1,1'";
  private static final String GREEN = "'1,3,1'";
  private static final String BLUE = "'1,1,3'";
  private static final String WHITE = "'4,4,4'";

  private PageFiles files;
  private Browser chromium;
  private Page page;

  @BeforeAll
  void start() {
    chromium = Browser.chromium();
    files = new PageFiles();
  }

  @BeforeEach
  void openPage() {
    page = chromium.open(files.http().resolve("call.html"));
    page.await("globalThis.ready");
  }

  @AfterEach
  void closePage() {
    page.close();
  }

  @AfterAll
  void stop() {
    if (chromium != null) {
      chromium.close();
    }
    if (files != null) {
      files.close();
    }
  }

  @Test
  void theServerIsToldWhatThePageShowsOfOthers() {
    page.evaluate("house.turn('sfu')");
    enter("Ada");
    enter("Bob");
    page.await("seen(Ada, Bob) === " + GREEN);
    page.evaluate("void (globalThis.tile = Ada.videos.get(Bob.session.id).video)");
    page.evaluate("void Object.assign(tile.style, {width: '320px', height: '180px'})");
    page.evaluate("Ada.call.watch(Bob.session.id, tile)");
    String last = "JSON.stringify(Object.values(Ada.session.said.findLast(({type}) => type ===";
    last += " 'track-settings').tracks)[0])";
    page.await(
        last
            + " === JSON.stringify({width: 320 * devicePixelRatio, height: 180 *"
            + " devicePixelRatio})");
    page.evaluate("void (tile.style.width = '160px')");
    page.await(last + ".startsWith('{\"width\":' + 160 * devicePixelRatio + ',')");
    page.evaluate("void (tile.style.objectFit = 'cover', tile.style.height = '181px')");
    page.await(last + ".startsWith('{\"width\":' + Math.ceil(181 * 16 / 9 * devicePixelRatio))");
    page.evaluate("void (tile.style.display = 'none')");
    page.await(last + " === '{\"visible\":false}'");
    page.evaluate("void (tile.style.display = '')");
    page.await(last + ".startsWith('{\"width\":')");
    page.evaluate("Ada.call.unwatch(tile)");
    page.await(last + " === '{\"visible\":false}'");
    assertEquals(
        0, page.number("Bob.session.said.filter(({type}) => type === 'track-settings').length"));
  }

  @Test
  void theCameraOfWhomSharesTheScreenIsNotAskedFor() {
    page.evaluate("house.turn('sfu')");
    enter("Ada");
    enter("Bob");
    page.await("seen(Ada, Bob) === " + GREEN);
    page.evaluate("Ada.call.watch(Bob.session.id, Ada.videos.get(Bob.session.id).video)");
    page.evaluate("Bob.media.share('#fff')");
    page.await("seen(Ada, Bob) === " + WHITE);
    page.await(
        "(() => { const said = Object.assign({}, ...Ada.session.said.filter(({type}) => type ==="
            + " 'track-settings').map(({tracks}) => tracks)); const of = (source) =>"
            + " [...Ada.session.tracks.values()].find((one) => one.participant ==="
            + " Bob.session.id && one.source === source).id; return said[of('camera')].visible ==="
            + " false && said[of('screen')].width > 0 })()");
  }

  @Test
  void aTrackThatWaitsForBandwidthIsToldToThePage() {
    page.evaluate("house.turn('sfu')");
    enter("Ada");
    enter("Bob");
    page.await("seen(Ada, Bob) === " + GREEN);
    page.evaluate(
        "void (globalThis.flow = [], Ada.call.addEventListener('streamstate', ({detail}) =>"
            + " flow.push(detail.source + detail.paused)), globalThis.say = (state) =>"
            + " Ada.session.tell({type: 'stream-state', state, track:"
            + " [...Ada.session.tracks.values()].find((one) => one.participant === Bob.session.id"
            + " && one.source === 'camera').id}))");
    page.evaluate("void (say('paused'), say('paused'))");
    page.await("Ada.call.paused(Bob.session.id)");
    page.evaluate("void say('active')");
    page.await("!Ada.call.paused(Bob.session.id)");
    page.evaluate("void say('paused')");
    page.await("Ada.call.paused(Bob.session.id)");
    page.evaluate("Bob.media.share('#fff')");
    page.await("seen(Ada, Bob) === " + WHITE);
    page.await("!Ada.call.paused(Bob.session.id)"); // it is the screen that is shown
    page.evaluate("Bob.session.leave()");
    page.await("!Ada.session.participants.has(Bob.session.id)");
    assertEquals("cameratrue,camerafalse,cameratrue,camerafalse", page.text("flow.join()"));
  }

  @Test
  void whyAPictureIsHeldBackAndWhatTheServerDoesWithoutIsToldToThePage() {
    page.evaluate("house.turn('sfu')");
    enter("Ada");
    enter("Bob");
    page.await("seen(Ada, Bob) === " + GREEN);
    page.evaluate(
        "void (globalThis.loads = [], Ada.call.addEventListener('load', ({detail}) =>"
            + " loads.push(detail.step)), globalThis.say = (state, reason) =>"
            + " Ada.session.tell({type: 'stream-state', state, reason, track:"
            + " [...Ada.session.tracks.values()].find((one) => one.participant === Bob.session.id"
            + " && one.source === 'camera').id}))");
    page.evaluate("void say('paused', 'last-n')");
    page.await("Ada.call.held(Bob.session.id) === 'last-n'");
    page.evaluate("void say('paused', 'overload')");
    page.await("Ada.call.held(Bob.session.id) === 'overload'");
    page.evaluate("void say('active')");
    page.await("Ada.call.held(Bob.session.id) === null");
    page.evaluate(
        "void ['smaller', 'fewer', 'fewer'].forEach((step) => Ada.session.tell({type: 'load',"
            + " step}))");
    page.await("Ada.call.sfu.load === 'fewer'");
    page.evaluate("Ada.session.leave()");
    page.await("Ada.call.sfu.load === 'none'");
    assertEquals("smaller,fewer,none", page.text("loads.join()"));
  }

  @Test
  void aPersonWhosePictureIsNotShownHasInitialsAndAWordInsteadOfAnOldPicture() {
    page.evaluate("house.turn('sfu')");
    enter("Ada");
    enter("Bob");
    page.await("seen(Ada, Bob) === " + GREEN);
    page.evaluate(
        "void document.body.insertAdjacentHTML('beforeend', '<svg><symbol id=icon-paused></symbol>"
            + "</svg><div id=grid></div><p id=stage-state></p><p id=alone></p>')");
    page.evaluate(
        "import('/room/page/stage.js').then(({Stage}) => { globalThis.stage = new Stage();"
            + " stage.show({id: 'b', name: 'Bob Roy', audio: true, video: true});"
            + " stage.stream('b', Ada.call.stream(Bob.session.id));"
            + " stage.connection('b', 'connected');"
            + " globalThis.tile = document.querySelector('.tile') })");
    page.await("globalThis.tile?.dataset.picture === 'true'");
    page.evaluate("stage.paused('b', 'overload')");
    assertEquals("false", page.text("tile.dataset.picture"));
    assertEquals("Video not shown", page.text("tile.querySelector('.trouble').textContent"));
    assertEquals("BR", page.text("tile.querySelector('.initials').textContent"));
    page.await(
        "document.getElementById('stage-state').textContent === 'The server has too much to do."
            + " Video not shown: Bob Roy.'");
    page.evaluate("stage.paused('b', 'bandwidth')");
    assertEquals("true", page.text("tile.dataset.picture"));
    assertEquals("Video paused", page.text("tile.querySelector('.trouble').textContent"));
    page.evaluate("stage.paused('b', null)");
    assertEquals("true", page.text("String(tile.querySelector('.trouble').hidden)"));
    page.await("document.getElementById('stage-state').textContent === 'Every video goes on.'");
  }

  @Test
  void theThirdMovesTheCallToTheServerAndItComesBackWithoutAGap() {
    enter("Ada");
    enter("Bob");
    page.await("by(Ada, Bob) === 'mesh' && by(Bob, Ada) === 'mesh'");
    page.await("seen(Ada, Bob) === " + GREEN + " && seen(Bob, Ada) === " + RED);
    measure("Ada", "Bob");

    page.evaluate("house.turn('sfu')");
    enter("Eve");
    page.await("by(Ada, Bob) === 'sfu' && by(Bob, Ada) === 'sfu' && by(Eve, Ada) === 'sfu'");
    page.await("seen(Eve, Ada) === " + RED + " && seen(Eve, Bob) === " + GREEN);
    page.await("seen(Ada, Eve) === " + BLUE + " && seen(Ada, Bob) === " + GREEN);
    page.await("Ada.call.peers.size === 0 && Bob.call.peers.size === 0"); // not needed any more
    goesOn("Ada", "Bob");
    assertEquals(0, page.number("Eve.call.peers.size"));

    page.evaluate("Eve.session.leave()");
    page.evaluate("house.turn('mesh')");
    page.await("by(Ada, Bob) === 'mesh' && by(Bob, Ada) === 'mesh'");
    page.await("Ada.call.sfu.state === 'idle' && Bob.call.sfu.state === 'idle'");
    goesOn("Ada", "Bob");
    goesOn("Bob", "Ada");
    System.out.printf(
        "longest time without a picture: %.0f ms%n",
        page.number("Math.max(gap(Ada, Bob), gap(Bob, Ada))"));
    assertEquals(1, page.number("Ada.videos.get(Bob.session.id).streams"));
    assertEquals(2, page.number("Ada.call.stream(Bob.session.id).getTracks().length"));
  }

  @Test
  void aSwitchThatIsTakenBackInItsMiddleLosesNothing() {
    enter("Ada");
    enter("Bob");
    page.await("by(Ada, Bob) === 'mesh' && by(Bob, Ada) === 'mesh'");
    measure("Ada", "Bob");
    page.evaluate("house.turn('sfu')");
    page.await("by(Ada, Bob) === 'sfu'");
    page.evaluate("house.turn('mesh')");
    page.await("by(Ada, Bob) === 'mesh'");
    page.evaluate("house.turn('sfu')");
    page.await("Ada.call.peers.size === 0 && Bob.call.peers.size === 0");
    goesOn("Ada", "Bob");
    goesOn("Bob", "Ada");
    assertTrue(page.number("Math.max(gap(Ada, Bob), gap(Bob, Ada))") < 1000);
  }

  @Test
  void aSharedScreenIsShownBeforeTheCameraAndTakenBack() {
    throughTheServer("Ada", "Bob");
    for (int round = 0; round < 2; round++) { // the second time in the section of the first
      page.evaluate("Ada.media.share('#ffffff')");
      page.await("seen(Bob, Ada) === " + WHITE);
      page.evaluate("Ada.media.share(null)");
      page.await("seen(Bob, Ada) === " + RED);
    }
    page.await("!Bob.call.tracks(Ada.session.id).has('screen')");
  }

  @Test
  void whatASharedScreenPlaysIsHeardBesideTheVoice() {
    throughTheServer("Ada", "Bob");
    for (int round = 0; round < 2; round++) {
      page.evaluate("Ada.media.share('#ffffff', 1500)");
      page.await("seen(Bob, Ada) === " + WHITE);
      page.await("hears(Bob, Ada, 1500)");
      assertTrue(page.truth("hears(Bob, Ada, 300)"));
      page.evaluate("Ada.media.share(null)");
      page.await("Bob.call.stream(Ada.session.id).getAudioTracks().length === 1");
      assertTrue(page.truth("hears(Bob, Ada, 300)"));
    }
    page.await("!Bob.call.tracks(Ada.session.id).has('screen-audio')");
  }

  @Test
  void whatAScreenPlaysGoesByTheServerForAsLongAsItIsShared() {
    enter("Ada");
    enter("Bob");
    page.await("by(Ada, Bob) === 'mesh' && by(Bob, Ada) === 'mesh'");
    page.evaluate("Ada.media.share('#ffffff', 1500)");
    page.await("by(Bob, Ada) === 'sfu'");
    page.await("hears(Bob, Ada, 1500)");
    page.evaluate("Ada.media.share(null)");
    page.await("by(Bob, Ada) === 'mesh' && seen(Bob, Ada) === " + RED);
    page.await("Bob.call.stream(Ada.session.id).getTracks().length === 2");
  }

  @Test
  void whatTheServerDoesNotTakeIsLeftOutAndTheRestGoesOn() {
    page.evaluate("house.mode = 'sfu'");
    enter("Ada");
    page.await("Ada.call.sfu.state === 'connected'");
    page.evaluate("house.refusals.push('too-many-tracks')");
    enter("Bob");
    page.await("[...Ada.call.tracks(Bob.session.id).keys()].join() === 'microphone'");
    page.evaluate("house.refusals.push('publish-not-allowed')");
    enter("Eve");
    page.await("seen(Eve, Ada) === " + RED);
    assertEquals(
        "publish-not-allowed microphone,camera",
        page.text("Eve.refused.map(r => r.error.code + ' ' + r.sources).join()"));
    page.evaluate("house.refusals.push('too-much-bitrate')");
    page.evaluate("Ada.media.share('#ffffff')");
    page.await("Ada.refused.some(r => r.sources.join() === 'screen')");
    goesOn("Eve", "Ada");
    assertEquals("3,1,1", page.text("seen(Eve, Ada)"));
  }

  @Test
  void aFullServerIsAskedAgain() {
    page.evaluate("(house.mode = 'sfu', house.refusals.push('too-many-peers'))");
    enter("Ada");
    page.await("Ada.call.sfu.state === 'refused'");
    page.await("Ada.call.sfu.state === 'connected'");
  }

  @Test
  void offersThatCollideEndInOneCall() {
    throughTheServer("Ada", "Bob");
    for (int round = 0; round < 3; round++) {
      page.evaluate(
          "[Ada, Bob].forEach(one => (one.media.share('#ffffff'),"
              + " one.call.sfu.connection.restartIce()))");
      page.evaluate("[Ada, Bob].forEach(one => one.media.share(null))");
    }
    page.await(
        "[Ada, Bob].every(one => one.call.sfu.connection.signalingState === 'stable')"
            + " && seen(Ada, Bob) === "
            + GREEN
            + " && seen(Bob, Ada) === "
            + RED);
    goesOn("Ada", "Bob");
    goesOn("Bob", "Ada");
  }

  @Test
  void aConnectionThatTheServerClosedIsMadeAnew() {
    throughTheServer("Ada", "Bob");
    page.evaluate("void (globalThis.first = Ada.call.sfu.connection)");
    page.evaluate("house.close(Ada.session, 'consent')");
    page.await("Ada.call.sfu.connection !== first && Ada.call.sfu.state === 'connected'");
    page.await("by(Ada, Bob) === 'sfu' && by(Bob, Ada) === 'sfu'");
    goesOn("Ada", "Bob");
    goesOn("Bob", "Ada");
  }

  @Test
  void aQuietConnectionRestartsIce() {
    throughTheServer("Ada", "Bob");
    page.evaluate(
        "void (globalThis.fragment = () => /ice-ufrag:(.*)/.exec("
            + "Ada.call.sfu.connection.currentLocalDescription.sdp)[1], globalThis.before ="
            + " fragment())");
    page.evaluate("Ada.session.tell({type: 'media', state: 'quiet'})");
    page.await("fragment() !== before");
    assertEquals("reconnecting", page.text("Ada.call.sfu.state"));
    page.evaluate("Ada.session.tell({type: 'media', state: 'connected'})");
    page.await("Ada.call.sfu.state === 'connected'");
    goesOn("Bob", "Ada");
  }

  @Test
  void whatAModeratorMutedIsUnmutedByItsOwnerOnly() {
    throughTheServer("Ada", "Bob");
    String microphone = "Bob.call.tracks(Ada.session.id).get('microphone')";
    page.evaluate("Bob.session.mute(Ada.session.id, 'audio', " + microphone + ".id)");
    page.await(microphone + ".muted");
    page.evaluate("(Ada.media.audioTrack.enabled = false, Ada.media.changed())");
    page.evaluate("(Ada.media.audioTrack.enabled = true, Ada.media.changed())");
    page.await("!" + microphone + ".muted");
  }

  @Test
  void whoComesWithoutDevicesWatchesAndMayTurnTheCameraOnLater() {
    throughTheServer("Ada", "Bob");
    page.evaluate(
        "enter('Eve', {media: new FakeMedia('#000', {audio: false, video: false})})"
            + ".then(one => void (globalThis.Eve = one))");
    page.await("seen(Eve, Ada) === " + RED + " && seen(Eve, Bob) === " + GREEN);
    page.evaluate(
        "(Eve.media.cameraTrack = new FakeMedia('#3030b0').cameraTrack, Eve.media.changed())");
    page.await("seen(Ada, Eve) === " + BLUE);
    page.evaluate("Eve.session.leave()");
    page.await("Ada.videos.size === 2 && !Ada.call.stream(Eve.session.id)");
  }

  @Test
  void aRelayOnlyPolicyAsksForTheServer() {
    page.evaluate(
        "enter('Ada', {configuration: {iceTransportPolicy: 'relay'}})"
            + ".then(one => void (globalThis.Ada = one))");
    page.await("globalThis.Ada");
    assertEquals("sfu", page.text("Ada.session.options.topology"));
  }

  private void throughTheServer(String... names) {
    page.evaluate("house.mode = 'sfu'");
    for (String name : names) {
      enter(name);
    }
    page.await("by(Ada, Bob) === 'sfu' && by(Bob, Ada) === 'sfu'");
    page.await("seen(Ada, Bob) === " + GREEN + " && seen(Bob, Ada) === " + RED);
  }

  private void enter(String name) {
    page.evaluate("enter('%s').then(one => void (globalThis.%s = one))".formatted(name, name));
  }

  private void measure(String... names) {
    for (String name : names) {
      page.evaluate("void " + name + ".videos.forEach(seen => (seen.gap = 0))");
    }
  }

  /// Waits until the picture of one at the other has moved on and sound has come too.
  private void goesOn(String at, String of) {
    page.evaluate(
        "statistics(%s.call).then(all => void (globalThis.counted = all.find(one => one.id ==="
                .formatted(at)
            + " %s.session.id), globalThis.frames = %s.videos.get(%s.session.id).frames))"
                .formatted(of, at, of));
    page.await(
        ("%s.videos.get(%s.session.id).frames > frames + 10 && (await statistics(%s.call)).some("
                + "one => one.id === %s.session.id && one.audioPackets > counted.audioPackets + 10"
                + " && one.audioEnergy > 0)")
            .formatted(at, of, at, of));
  }
}
