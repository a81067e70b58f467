package dev.parley.interop;

import static dev.parley.interop.MeetingRoom.seeAndHearEachOther;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.interop.browser.Browser;
import dev.parley.interop.browser.Page;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What pages send and take where media goes through the server: layers and sizes.
final class QualityIT extends BrowserTest {
  private String serverRoom(String name) {
    housekeeper().room(name, "\"access\": \"open\", \"topology\": \"sfu\"");
    return name;
  }

  /// Gives a page words for what its connection to the server sends and takes of video.
  private static void measure(Page page) {
    page.evaluate(
        "void (globalThis.video = async (type) => [...(await"
            + " parley.call.sfu.connection.getStats()).values()]"
            + ".filter(one => one.type === type && one.kind === 'video'),"
            + " globalThis.sending = () => video('outbound-rtp'),"
            + " globalThis.taking = () => video('inbound-rtp'))");
  }

  /// Waits until a page sends more and more of these layers, and only of them.
  private static void sends(Page page, String rids) {
    page.await(
        "(async () => { const before = await sending(); await new Promise(r => setTimeout(r,"
            + " 1500)); const now = await sending(); return now.filter(one => one.framesSent >"
            + " before.find(old => old.id === one.id).framesSent + 3)"
            + ".map(one => one.rid).sort().join() === '"
            + rids
            + "' })()");
  }

  /// Has a page hear only what the test says of layers, and not the server.
  private static void deaf(Page page) {
    page.evaluate(
        "void (parley.session.dispatchEvent = (event) => (event.type !== 'subscribed-quality' ||"
            + " event.detail.test) && EventTarget.prototype.dispatchEvent.call(parley.session,"
            + " event))");
    wants(page, "['q', 'h', 'f']", true);
  }

  /// What the server would say to a publisher.
  private static void wants(Page page, String layers, boolean any) {
    page.evaluate(
        "void parley.session.dispatchEvent(new CustomEvent('subscribed-quality', {detail: {test:"
            + " true, ...[...parley.session.tracks.values()].filter(one => one.participant ==="
            + " parley.session.self.id && one.source === 'camera').map(one => ({track:"
            + " one.id}))[0], mid: parley.call.sfu.connection.getTransceivers().find(one =>"
            + " one.sender.track?.kind"
            + " === 'video').mid, wanted: %s, layers: %s}}))".formatted(any, layers));
  }

  @Test
  void theCameraIsSentInThreeSizesAndOnlyInThoseThatAreWanted() {
    Page ada = enter(guests(), serverRoom("layers"), "Ada");
    Page bob = enter(guests(), "layers", "Bob");
    seeAndHearEachOther(List.of(ada, bob));
    measure(ada);
    deaf(ada);
    sends(ada, "f,h,q");
    wants(ada, "['q']", true);
    sends(ada, "q");
    wants(ada, "[]", false);
    sends(ada, "");
    for (String layers : List.of("['q', 'h']", "['f']", "[]", "['h', 'f', 'q']", "['q', 'f']")) {
      wants(ada, layers, true);
    }
    sends(ada, "f,q");
    assertEquals(List.of(), ada.console().stream().filter(it -> it.startsWith("err")).toList());
  }

  @Test
  void aSmallCameraIsSentAsLargeAsItIsAndALargerOneAfterIt() {
    String small =
        "() => { const real = navigator.mediaDevices?.getUserMedia; if (!real) return;"
            + " globalThis.size = {width: {exact: 640}, height: {exact: 360}};"
            + " navigator.mediaDevices.getUserMedia = (wanted) =>"
            + " real.call(navigator.mediaDevices, {...wanted, ...(wanted.video && {video: size})})"
            + " }";
    Page ada = closing(chromium().open(guests().resolve("room/" + serverRoom("small")), small));
    ada.await("document.querySelector('#mirror')?.srcObject");
    MeetingRoom.join(ada, "Ada");
    Page bob = enter(guests(), "small", "Bob");
    seeAndHearEachOther(List.of(ada, bob));
    measure(ada);
    deaf(ada);
    sendsWidths(ada, "320,640");
    draws(ada, 1280);
    sendsWidths(ada, "640,1280");
    draws(ada, 640);
    sendsWidths(ada, "320,640");
    MeetingRoom.goesOn(bob);
  }

  /// Has a page send a drawing of that width in place of its camera.
  private static void draws(Page page, int width) {
    page.evaluate(
        ("(async () => { const { replace, ENCODINGS } = await import('/parley/encodings.js');"
                + " const canvas = Object.assign(document.createElement('canvas'), {width: %d,"
                + " height: %d}); const draw = canvas.getContext('2d'); setInterval(() =>"
                + " draw.fillRect(Math.random() * 600, 0, 40, 40), 50); const [track] ="
                + " canvas.captureStream(20).getVideoTracks(); await new Promise(r =>"
                + " setTimeout(r, 300)); const sender = parley.call.sfu.connection.getSenders()"
                + ".find(one => one.track?.kind === 'video'); await replace(sender, track,"
                + " ENCODINGS.camera); })()")
            .formatted(width, width * 9 / 16));
  }

  private static void sendsWidths(Page page, String widths) {
    page.await(
        "(await sending()).map(one => one.frameWidth).filter(Boolean).sort((a, b) => a -"
            + " b).join() === '"
            + widths
            + "'");
  }

  @Test
  void firefoxSendsThreeSizesToo() {
    try (Browser firefox = Browser.firefox()) {
      Page fox = MeetingRoom.enter(firefox, guests(), serverRoom("layers-fox"), "Fox");
      Page ada = enter(guests(), "layers-fox", "Ada");
      seeAndHearEachOther(List.of(fox, ada));
      measure(fox);
      deaf(fox);
      sends(fox, "f,h,q");
      wants(fox, "['q', 'h']", true);
      sends(fox, "h,q");
    }
  }

  @Test
  void whatIsNotSeenIsNotSent() {
    Page ada = enter(guests(), serverRoom("seen"), "Ada");
    Page bob = enter(guests(), "seen", "Bob");
    seeAndHearEachOther(List.of(ada, bob));
    measure(bob);
    bob.evaluate("void (document.querySelector('#grid').hidden = true)");
    bob.evaluate("void (document.querySelector('#grid').style.display = 'none')");
    String stands =
        "(async () => { const before = (await taking())[0].framesReceived; await new Promise(r =>"
            + " setTimeout(r, 1000)); return (await taking())[0].framesReceived === before })()";
    bob.await(stands);
    bob.evaluate("void (document.querySelector('#grid').style.display = '')");
    bob.evaluate("void (document.querySelector('#grid').hidden = false)");
    MeetingRoom.goesOn(bob);
  }
}
