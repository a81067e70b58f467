package dev.parley.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.parley.interop.browser.Browser;
import dev.parley.interop.browser.Page;
import dev.parley.lab.Conditions;
import dev.parley.lab.Impairment;
import dev.parley.lab.Namespace;
import dev.parley.lab.ParleyTurn;
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
///
/// Times are printed. What is asserted of them is wider than what holds on a machine with nothing
/// else to do: 2 s down to the low layer, 8 s up to the high one, freezes below 1 %.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BandwidthIT {
  /// A Chromium that finds its processor busy encodes smaller pictures for a while.
  private static final Duration LONG = Duration.ofSeconds(75);

  /// A freeze is a quarter of a second: of few seconds it is many percent.
  private static final int LOSSY_SECONDS = Integer.getInteger("lossy.seconds", 15);

  private static final String SERVER = "10.77.0.1";
  private static final String VIDEO = "document.querySelector('.tile[data-mine=false] video')";
  private static final String PICTURE =
      "document.querySelector('.tile[data-mine=false]')?.dataset.picture === 'true'";

  /// What a receiver says of losses and what became of them.
  private static final String RECEIVED =
      """
      (async () => JSON.stringify(
        [...(await parley.call.sfu.connection.getStats()).values()]
          .filter((one) => one.type === 'inbound-rtp' && one.kind === 'video')
          .map(({freezeCount, nackCount, pliCount, packetsLost, packetsReceived,
            retransmittedPacketsReceived, keyFramesDecoded, framesDropped}) => ({freezeCount,
            nackCount, pliCount, packetsLost, packetsReceived, retransmittedPacketsReceived,
            keyFramesDecoded, framesDropped}))))()\
      """;

  /// What a publisher says of the layers that it sends.
  private static final String SENT =
      """
      (async () => JSON.stringify(
        [...(await parley.call.sfu.connection.getStats()).values()]
          .filter((one) => one.type === 'outbound-rtp' && one.kind === 'video')
          .map(({rid, active, frameWidth, framesPerSecond, framesSent, qualityLimitationReason,
            targetBitrate}) => ({rid, active, frameWidth, framesPerSecond, framesSent,
            qualityLimitationReason, targetBitrate}))))()\
      """;

  private final List<Page> pages = new ArrayList<>();
  private Namespace internet;
  private Namespace home;
  private Impairment way;
  private RemoteServer server;
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
        RemoteServer.start(
            internet,
            List.of(SERVER),
            ParleyTurn.QUICK_START,
            "parley.media.port=7882",
            "parley.media.loops=1");
    http = server.http();
    housekeeper = server.housekeeper();
    publishers = Browser.chromium(internet, http.resolve("/"));
    viewers = Browser.chromium(home, http.resolve("/"));
  }

  @AfterEach
  void closePages() {
    way.set(Conditions.NONE);
    pages.forEach(Page::close);
    pages.clear();
  }

  @AfterAll
  void stop() throws Exception {
    for (AutoCloseable one :
        new AutoCloseable[] {viewers, publishers, server, way, home, internet}) {
      if (one != null) {
        one.close();
      }
    }
  }

  @Test
  void aWayThatBecomesNarrowShowsTheLowLayerAndTheHighOneWhenItIsWideAgain() {
    Page bob = viewerOf(room("narrow"), "Ada");
    shownLarge(bob);

    way.towards(home, Conditions.NONE.rate(400_000));
    double down = until(bob, VIDEO + ".videoWidth === 320");
    MeetingRoom.goesOn(bob);
    way.towards(home, Conditions.NONE);
    double up = until(bob, VIDEO + ".videoWidth === 1280");

    System.out.printf("low layer after %.1f s, high one again after %.1f s%n", down, up);
    assertTrue(down < 4 && up < 12, () -> down + " s down, " + up + " s up");
  }

  @Test
  void fivePercentLossAndFiftyMillisecondsEachWayHardlyFreezeThePicture() {
    Page bob = viewerOf(room("lossy"), "Ada");
    shownLarge(bob);
    double otherwise = freezing(bob, 4);
    way.set(Conditions.NONE.loss(0.05).delay(Duration.ofMillis(50)));
    // The receiver learns how long what is sent again takes, and holds pictures back for so long:
    // Chromium by a tenth of a second more each second.
    pause(6);
    double frames = frames(bob);
    double share = freezing(bob, LOSSY_SECONDS);
    double decoded = frames(bob) - frames;

    System.out.printf(
        "frozen %.2f %% of %d s, %.2f %% without loss; %.0f frames; %s%n",
        100 * share, LOSSY_SECONDS, 100 * otherwise, decoded, bob.text(RECEIVED));
    assertTrue(share - otherwise < 0.1, () -> "frozen for " + share + ", before " + otherwise);
    assertTrue(decoded > LOSSY_SECONDS * 6, () -> decoded + " frames");
  }

  @Test
  void thePublisherStopsSendingLayersThatNobodyWants() {
    Page bob = viewerOf(room("small"), "Ada");
    Page ada = pages.getFirst();
    tile(bob, 1280, 720);
    awaitSent(ada, "q,h,f");
    tile(bob, 160, 90);
    awaitSent(ada, "q");
    assertTrue(bob.truth(PICTURE));
    shownLarge(bob);
    awaitSent(ada, "q,h,f");
  }

  @Test
  void whatDoesNotFitAtAllIsPausedWithANoticeAndComesBack() {
    Page bob = viewerOf(room("tiny"), "Ada");
    bob.evaluate(
        "void (globalThis.states = [], parley.session.addEventListener('stream-state', (event) =>"
            + " states.push(event.detail.state)))");
    way.towards(home, Conditions.NONE.rate(90_000));
    bob.await("states.at(-1) === 'paused'");
    way.towards(home, Conditions.NONE);
    bob.await("states.at(-1) === 'active'");
    bob.await(VIDEO + ".videoWidth > 0");
    MeetingRoom.goesOn(bob);
    assertEquals(List.of(), bob.console().stream().filter(line -> line.startsWith("err")).toList());
  }

  private String room(String name) {
    housekeeper.room(name, "\"access\": \"open\", \"topology\": \"sfu\"");
    return name;
  }

  /// One who sends beside the server, and one without a camera behind the way.
  private Page viewerOf(String room, String publisher) {
    enter(publishers, room, publisher, true);
    Page bob = enter(viewers, room, "Bob", false);
    bob.await(PICTURE);
    return bob;
  }

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

  /// Shows the other's picture in this size.
  private static void tile(Page page, int width, int height) {
    String style = "position: fixed; inset: 0; width: %dpx; height: %dpx; min-width: 0; z-index: 9";
    page.evaluate("void (" + VIDEO + ".style.cssText = '" + style.formatted(width, height) + "')");
  }

  /// Shows it so large that only the high layer will do, and waits for that.
  private void shownLarge(Page page) {
    tile(page, 1280, 720);
    if (!page.comes(VIDEO + ".videoWidth === 1280", LONG)) {
      String name = page.text("location.pathname.split('/').pop()");
      fail("sent: " + pages.getFirst().text(SENT) + "\nserver: " + housekeeper.media(name));
    }
  }

  /// Waits until more and more pictures of these layers are sent, and of no others.
  private static void awaitSent(Page page, String layers) {
    page.await(
        """
        (async () => {
          const sent = async () => [...(await parley.call.sfu.connection.getStats()).values()]
            .filter((one) => one.type === 'outbound-rtp' && one.kind === 'video');
          const before = await sent();
          await new Promise((done) => setTimeout(done, 1000));
          return (await sent())
            .filter((now) => now.framesSent > 3 + before.find((one) => one.id === now.id).framesSent)
            .map((one) => one.rid).sort((one, other) => 'qhf'.indexOf(one) - 'qhf'.indexOf(other))
            .join() === '%s';
        })()\
        """
            .formatted(layers));
  }

  /// Seconds until something holds.
  private static double until(Page page, String condition) {
    long begun = System.nanoTime();
    page.await(condition);
    return (System.nanoTime() - begun) / 1e9;
  }

  /// The share of so many seconds for which the picture stands still.
  private static double freezing(Page page, double seconds) {
    double before = frozen(page);
    for (double left = seconds; left > 0; left -= 5) {
      pause(Math.min(5, left));
      frozen(page); // a driver that is asked nothing for long answers no more
    }
    return (frozen(page) - before) / seconds;
  }

  /// Seconds for which the picture has stood still.
  private static double frozen(Page page) {
    return taken(page, "totalFreezesDuration");
  }

  private static double frames(Page page) {
    return taken(page, "framesDecoded");
  }

  private static double taken(Page page, String of) {
    return page.number(
        "(async () => [...(await parley.call.sfu.connection.getStats()).values()]"
            + ".filter((one) => one.type === 'inbound-rtp' && one.kind === 'video')"
            + ".reduce((sum, one) => sum + (one.%s ?? 0), 0))()".formatted(of));
  }

  private static void pause(double seconds) {
    try {
      Thread.sleep(Duration.ofMillis((long) (seconds * 1000)));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
