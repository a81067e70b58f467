package dev.parley.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.interop.browser.Browser;
import dev.parley.interop.browser.Page;
import dev.parley.lab.Conditions;
import dev.parley.lab.Impairment;
import dev.parley.lab.Namespace;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// What people write and applications send to each other: Chromium to server to Chromium, over ways
/// good and bad.
///
/// `-Ddata.megabytes=64` sends more than a build has time for.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DataIT {
  private static final String SERVER = "10.78.0.1";
  private static final String ESCAPE = "\uE00C";
  private static final String ENTER = "\uE007";
  private static final int MEGABYTES = Integer.getInteger("data.megabytes", 2);

  private final List<Page> pages = new ArrayList<>();
  private Namespace internet;
  private Namespace home;
  private Impairment way;
  private RemoteServer server;
  private Housekeeper housekeeper;
  private Browser chromium;
  private URI http;

  @BeforeAll
  void start() {
    internet = Namespace.make();
    home = Namespace.make();
    way = Impairment.between(internet, SERVER + "/24", home, "10.78.0.2/24");
    server =
        RemoteServer.start(
            internet,
            List.of(SERVER),
            "parley.media.port=7882",
            "parley.media.loops=2",
            "parley.media.spread=1",
            "parley.media.least-bitrate=5000000");
    http = server.http();
    housekeeper = server.housekeeper();
    chromium = Browser.chromium(home, http.resolve("/"));
  }

  @AfterEach
  void closePages() {
    way.set(Conditions.NONE);
    pages.forEach(Page::close);
    pages.clear();
  }

  @AfterAll
  void stop() throws Exception {
    for (AutoCloseable one : new AutoCloseable[] {chromium, server, way, home, internet}) {
      if (one != null) {
        one.close();
      }
    }
  }

  @Test
  void whatOnePageSendsTheOtherGetsByChannelAndBySocket() {
    room("data-words");
    Page ada = connected("data-words", "Ada");
    Page bob = connected("data-words", "Bob");
    ada.evaluate("parley.session.sendData('hello', {topic: 'greeting'})");
    bob.await("heard.some(({topic, data}) => topic === 'greeting' && data === 'hello')");
    ada.evaluate("parley.session.sendData('by socket', {via: 'socket'})");
    bob.await("heard.some(({data}) => data === 'by socket')");
    ada.evaluate("parley.session.sendData(new Uint8Array([1, 2, 255]), {lossy: true})");
    bob.await("heard.some(({data, lossy}) => lossy && String(data) === '1,2,255')");
    ada.evaluate(
        "parley.session.sendData(new Uint8Array(240000).fill(7), {to: [...parley.session"
            + ".participants.keys()]})");
    bob.await(
        "heard.some(({data, direct}) => direct && data.length === 240000 && data.every((o) => o"
            + " === 7))");
    bob.await("heard.every(({participant}) => parley.session.participants.has(participant))");
    assertEquals(4, (int) bob.number("heard.length"));
    assertEquals(0, (int) ada.number("heard.length"));
    assertEquals(
        "data-too-long",
        ada.text("parley.session.sendData(new Uint8Array(300000)).catch((e) => e.code)"));
    assertEquals(
        "participant-not-found",
        ada.text(
            "parley.session.sendData('', {to: 'nobody', via: 'socket'}).catch((e) => e.code)"));
  }

  @Test
  void megabytesArriveWholeAndInOrderOverAWayThatLosesAndReorders() {
    room("data-megabytes");
    Page ada = connected("data-megabytes", "Ada");
    Page bob = connected("data-megabytes", "Bob");
    quiet(ada, bob);
    bob.evaluate(
        """
        void (globalThis.got = {octets: 0, wrong: 0, next: 0},
          parley.session.addEventListener('data', ({detail: {topic, data}}) => {
            if (topic !== 'bulk') return;
            const number = new DataView(data.buffer, data.byteOffset).getUint32(0);
            if (number !== got.next++) got.wrong++;
            for (let i = 4; i < data.length; i++) if (data[i] !== ((number * 7 + i) & 255)) got.wrong++;
            got.octets += data.length;
          }))\
        """);
    way.set(Conditions.NONE.loss(0.05).late(0.02));
    long begun = System.nanoTime();
    ada.evaluate(
        """
        void (async () => {
          for (let number = 0; number < %d * 16; number++) {
            const data = new Uint8Array(65536);
            new DataView(data.buffer).setUint32(0, number);
            for (let i = 4; i < data.length; i++) data[i] = number * 7 + i;
            await parley.session.sendData(data, {topic: 'bulk'});
          }
        })()\
        """
            .formatted(MEGABYTES));
    awaitLong(bob, "got.octets === " + (MEGABYTES << 20));
    double seconds = (System.nanoTime() - begun) / 1e9;
    System.out.printf(
        "%d MB up and down in %.1f s; lost %d frames up, %d down%n",
        MEGABYTES, seconds, way.lost(internet), way.lost(home));
    assertEquals(0, (int) bob.number("got.wrong"));
    assertTrue(way.lost(internet) > 20 && way.lost(home) > 20);
  }

  @Test
  void aLossyChannelKeepsItsLatencyWhereAReliableOneWaits() {
    room("data-late");
    Page ada = connected("data-late", "Ada");
    Page bob = connected("data-late", "Bob");
    quiet(ada, bob);
    way.set(Conditions.NONE.loss(0.05).delay(Duration.ofMillis(20)));
    double lossy = latencies(ada, bob, true);
    int came = (int) bob.number("late.length");
    double reliable = latencies(ada, bob, false);
    System.out.printf(
        "95 %% of 120 within %.0f ms lossy (%d came), %.0f ms reliable%n", lossy, came, reliable);
    assertTrue(came > 85 && came <= 120, "came " + came);
    assertEquals(120, (int) bob.number("late.length"));
    assertTrue(lossy < 150, "late by " + lossy + " ms");
  }

  @Test
  void picturesGoOnWhileAFileComesOnTheSameNarrowWay() {
    room("data-media");
    Page ada = connected("data-media", "Ada");
    Page bob = connected("data-media", "Bob");
    bob.evaluate("void parley.media.close()");
    bob.await("document.querySelector('.tile[data-mine=false]')?.dataset.picture === 'true'");
    way.towards(home, Conditions.NONE.rate(2_500_000).delay(Duration.ofMillis(10)));
    pause(3);
    double alone = frames(bob, 4);
    ada.evaluate(
        """
        void (async () => {
          for (globalThis.sends = true; sends;) await parley.session.sendData(new Uint8Array(60000));
        })()\
        """);
    pause(3);
    double octets = bob.number("heard.reduce((sum, {data}) => sum + data.length, 0)");
    double beside = frames(bob, 5);
    double more = bob.number("heard.reduce((sum, {data}) => sum + data.length, 0)") - octets;
    ada.evaluate("void (globalThis.sends = false)");
    System.out.printf(
        "%.1f frames a second alone, %.1f beside %.0f kbit/s of data%n",
        alone, beside, more * 8 / 5_000);
    assertTrue(beside > alone / 2, alone + " frames a second became " + beside);
    assertTrue(more > 0, "no data came");
  }

  /// Frames a second of the other's picture.
  private static double frames(Page page, double seconds) {
    String decoded =
        "(async () => [...(await parley.call.sfu.connection.getStats()).values()]"
            + ".filter((one) => one.type === 'inbound-rtp' && one.kind === 'video')"
            + ".reduce((sum, one) => sum + (one.framesDecoded ?? 0), 0))()";
    double before = page.number(decoded);
    pause(seconds);
    return (page.number(decoded) - before) / seconds;
  }

  private static void pause(double seconds) {
    try {
      Thread.sleep(Duration.ofMillis((long) (seconds * 1000)));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void peopleChatByKeyboardAndSeeWhatTheyHaveNotRead() {
    room("data-chat");
    Page ada = connected("data-chat", "Ada");
    Page bob = connected("data-chat", "Bob");
    ada.evaluate("void document.querySelector('#chat').focus()");
    ada.press(ENTER);
    ada.await("document.activeElement.id === 'chat-text'");
    assertTrue(ada.truth("!document.querySelector('#chat-empty').hidden"));
    ada.press("Shall we?", ENTER);
    ada.await("document.querySelector('#chat-log').innerText.includes('Shall we?')");
    assertTrue(ada.truth("document.querySelector('#chat-empty').hidden"));
    assertEquals("", ada.text("document.querySelector('#chat-text').value"));
    bob.await("document.querySelector('#unread').textContent === '1'");
    bob.await("document.querySelector('#chat').getAttribute('aria-label') === 'Chat, 1 unread'");
    MeetingRoom.reads(bob, "Ada: Shall we?");
    bob.click("#chat");
    bob.await("document.querySelector('#unread').hidden");
    bob.await("document.querySelector('.chat-said strong').textContent === 'Ada'");
    bob.press("See https://parley.example/a.", ENTER);
    ada.await("document.querySelector('#chat-log a')?.href === 'https://parley.example/a'");
    ada.press(ESCAPE);
    ada.await("document.activeElement.id === 'chat'");
    assertTrue(ada.truth("document.querySelector('#chat-panel').hidden"));
    bob.click("#people");
    bob.await("document.querySelector('#chat-panel').hidden");
    assertEquals(List.of(), ada.console().stream().filter(l -> l.startsWith("err")).toList());
  }

  private void room(String name) {
    housekeeper.room(name, "\"access\": \"open\", \"topology\": \"sfu\"");
  }

  /// Somebody whose channels to the server are open.
  private Page connected(String room, String name) {
    Page page = MeetingRoom.arrive(chromium, http.resolve("room/" + room));
    pages.add(page);
    page.viewport(1000, 700);
    MeetingRoom.join(page, name);
    page.await("document.body.dataset.stage === 'meeting'");
    page.evaluate(
        "void (globalThis.heard = [], parley.session.addEventListener('data', (event) =>"
            + " heard.push(event.detail)))");
    page.await("parley.session.channels?.open(false) && parley.session.channels.open(true)");
    return page;
  }

  /// No media, which would have its share of the way.
  private static void quiet(Page... all) {
    for (Page page : all) {
      page.evaluate("void parley.media.close()");
    }
  }

  /// How late 95 of 100 messages are, milliseconds; the pages have one clock.
  private static double latencies(Page from, Page to, boolean lossy) {
    String topic = lossy ? "lossy" : "reliable";
    to.evaluate(
        """
        void (globalThis.late = [], parley.session.addEventListener('data', ({detail: {topic, data}}) =>
          topic === '%s' && late.push(performance.timeOrigin + performance.now() - Number(data))))\
        """
            .formatted(topic));
    from.evaluate(
        """
        (async () => {
          for (let i = 0; i < 120; i++) {
            const now = String(performance.timeOrigin + performance.now());
            await parley.session.sendData(now, {topic: '%s', lossy: %s});
            await new Promise((done) => setTimeout(done, 20));
          }
          await new Promise((done) => setTimeout(done, 1000));
        })()\
        """
            .formatted(topic, lossy));
    return to.number("late.sort((a, b) => a - b)[Math.floor(late.length * 0.95) - 1]");
  }

  /// Waits as long as it takes, while something happens.
  private static void awaitLong(Page page, String condition) {
    double before = -1;
    while (!page.comes(condition, Duration.ofSeconds(20))) {
      double now = page.number("got.octets");
      assertTrue(now > before, "it stands at " + now);
      before = now;
    }
  }
}
