package dev.parley.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.interop.browser.Browser;
import dev.parley.interop.browser.Page;
import dev.parley.lab.Conditions;
import dev.parley.lab.Impairment;
import dev.parley.lab.Namespace;
import dev.parley.lab.ParleyTurn;
import dev.parley.lab.Porthole;
import dev.parley.lab.TurnHost;
import jakarta.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Chromium behind a bad way: what it shows of people whose cameras come in three sizes.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BandwidthIT {
  private static final String SERVER = "10.77.0.1";
  private static final String PASSWORD = "the-password-of-the-tests";

  private final List<Page> pages = new ArrayList<>();
  private Namespace internet;
  private Namespace home;
  private Impairment way;
  private ParleyTurn server;
  private Porthole porthole;
  private Housekeeper housekeeper;
  private Browser publishers;
  private Browser viewers;
  private URI http;

  @BeforeAll
  void start() {
    internet = Namespace.make();
    home = Namespace.make();
    way = Impairment.between(internet, SERVER + "/24", home, "10.77.0.2/24");
    server =
        ParleyTurn.start(
            TurnHost.Setup.in(internet, List.of(SERVER), null),
            "parley.media.port=7882",
            "parley.media.loops=1",
            "parley.admin.password=" + PASSWORD);
    http = URI.create("http://" + SERVER + ":" + server.httpPort() + "/");
    porthole = Porthole.to(internet, server.httpPort());
    housekeeper =
        new Housekeeper(
            URI.create("http://127.0.0.1:" + porthole.port() + "/"), () -> PASSWORD, server::said);
    housekeeper.awaitOpening();
    publishers = Browser.chromium(internet, http.resolve("/"));
    viewers = Browser.chromium(home, http.resolve("/"));
  }

  @AfterEach
  void closePages() {
    way.set(Conditions.NONE);
    pages.forEach(Page::close);
    pages.clear();
    server.said().lines().filter(l -> l.startsWith("DBG")).forEach(System.out::println);
  }

  @AfterAll
  void stop() throws Exception {
    for (AutoCloseable one :
        new AutoCloseable[] {viewers, publishers, porthole, server, way, home, internet}) {
      if (one != null) {
        one.close();
      }
    }
  }

  private static final String RECORD =
      """
      void (() => {
        globalThis.samples = [];
        setInterval(async () => {
          const all = [...(await parley.call.sfu.connection.getStats()).values()];
          const now = performance.now();
          for (const one of all.filter(one => one.type === 'inbound-rtp' && one.kind === 'video')) {
            samples.push({at: now, id: one.id, width: one.frameWidth ?? 0, frames: one.framesDecoded,
              octets: one.bytesReceived, lost: one.packetsLost, nack: one.nackCount, pli: one.pliCount, freezes: one.freezeCount,
              frozen: one.totalFreezesDuration, rtx: one.retransmittedPacketsReceived, rtxo: one.retransmittedBytesReceived});
          }
        }, 100);
      })()
      """;

  private Page enter(Browser browser, String room, String name, boolean camera) {
    Page page = MeetingRoom.arrive(browser, http.resolve("room/" + room));
    pages.add(page);
    page.viewport(1000, 800);
    if (!camera) {
      page.click("#preview-camera");
    }
    MeetingRoom.join(page, name);
    page.await("document.body.dataset.stage === 'meeting'");
    page.await("parley.call.mode === 'sfu'");
    return page;
  }

  private static void tile(Page page, int width, int height) {
    page.evaluate(
        "void (document.querySelectorAll('.tile[data-mine=false] video').forEach(one => one.style.cssText ="
            + " 'position: fixed; inset: 0; width: %dpx; height: %dpx; min-width: 0; z-index: 9'))".formatted(width, height));
  }

  private static void dump(Page page, String title) {
    System.out.println("== " + title + " " + page.number("performance.now()"));
    double before = 0;
    double octets = 0;
    for (var value : page.evaluate("samples.splice(0)").asJsonArray()) {
      JsonObject one = value.asJsonObject();
      double at = one.getJsonNumber("at").doubleValue();
      double o = one.getJsonNumber("octets").doubleValue();
      System.out.printf("%.0f %s w=%d frames=%d kbit/s=%.0f lost=%d nack=%d pli=%d freezes=%d %.2f rtx=%s%n", at, one.getString("id"),
          one.getInt("width"), one.getInt("frames"), 8 * (o - octets) / (at - before), one.getInt("lost"), one.getInt("nack"), one.getInt("pli"),
          one.getInt("freezes"), one.getJsonNumber("frozen").doubleValue(), one.get("rtx"));
      before = at;
      octets = o;
    }
  }

  private static void sleep(double seconds) {
    try {
      Thread.sleep(Duration.ofMillis((long) (seconds * 1000)));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final String OUT =
      """
      (async () => Object.fromEntries([...(await parley.call.sfu.connection.getStats()).values()]
        .filter(one => one.type === 'outbound-rtp' && one.kind === 'video')
        .map(one => [one.rid, one.framesSent])))()
      """;

  @Test
  void all() {
    housekeeper.room("narrow", "\"access\": \"open\", \"topology\": \"sfu\"");
    Page ada = enter(publishers, "narrow", "Ada", true);
    Page bob = enter(viewers, "narrow", "Bob", false);
    bob.await("document.querySelector('.tile[data-mine=false]')?.dataset.picture === 'true'");
    tile(bob, 1280, 720);
    bob.evaluate(RECORD);
    bob.evaluate("void (globalThis.states = [], parley.session.addEventListener('stream-state', e => states.push({at: performance.now(), ...e.detail})))");
    ada.evaluate("void (globalThis.wishes = [], parley.session.addEventListener('subscribed-quality', e => wishes.push({at: performance.now(), ...e.detail})))");
    sleep(6);
    dump(bob, "wide");
    way.towards(home, Conditions.NONE.rate(400_000));
    sleep(8);
    dump(bob, "narrow");
    way.towards(home, Conditions.NONE);
    sleep(8);
    dump(bob, "wide again");

    way.set(Conditions.NONE.loss(0.05).delay(Duration.ofMillis(50)));
    sleep(24);
    dump(bob, "lossy");
    way.set(Conditions.NONE);
    sleep(2);
    samplesGone(bob);
    System.out.println("wishes " + ada.evaluate("wishes.splice(0)"));
    System.out.println("tile small at " + ada.number("performance.now()"));
    tile(bob, 160, 90);
    for (int i = 0; i < 9; i++) {
      System.out.println(ada.evaluate(OUT));
      sleep(1);
    }
    System.out.println("wishes " + ada.evaluate("wishes.splice(0)"));
    dump(bob, "small");
    System.out.println("tile large at " + ada.number("performance.now()"));
    tile(bob, 1280, 720);
    for (int i = 0; i < 5; i++) {
      System.out.println(ada.evaluate(OUT));
      sleep(1);
    }
    System.out.println("wishes " + ada.evaluate("wishes.splice(0)"));
    dump(bob, "large");
    Page eve = enter(publishers, "narrow", "Eve", true);
    sleep(4);
    tile(bob, 1280, 720);
    sleep(2);
    samplesGone(bob);
    way.towards(home, Conditions.NONE.rate(100_000));
    sleep(8);
    System.out.println("states " + bob.evaluate("states.splice(0)"));
    dump(bob, "very narrow");
    way.towards(home, Conditions.NONE);
    sleep(8);
    System.out.println("states " + bob.evaluate("states.splice(0)"));
    dump(bob, "wide again");
    System.out.println(bob.console());
  }

  private static void samplesGone(Page page) {
    page.evaluate("void samples.splice(0)");
  }
}
