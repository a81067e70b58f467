package dev.parley.interop;

import static dev.parley.interop.MeetingRoom.seeAndHearEachOther;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.interop.browser.Page;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// A room whose people are on different event loops is one room to them.
final class SpreadIT extends BrowserTest {
  private static final int LOOPS = 2;

  SpreadIT() {
    // A second loop takes the second who comes.
    super("parley.media.loops=" + LOOPS, "parley.media.spread=1");
  }

  @Test
  void whoComesAndGoesOnAnyLoopSeesAndHearsAllOthers() throws Exception {
    awaitPeers(List.of(0L, 0L));
    Page ada = enter(guests(), openRoom("spread"), "Ada");
    Page bob = enter(guests(), "spread", "Bob");
    Page eve = enter(guests(), "spread", "Eve");
    for (Page page : List.of(ada, bob, eve)) {
      page.await("parley.call.mode === 'sfu'");
    }
    awaitPeers(List.of(1L, 2L));
    List<Long> before = carried();
    seeAndHearEachOther(List.of(ada, bob, eve));
    for (Page page : List.of(ada, bob, eve)) {
      page.await("parley.call.peers.size === 0");
    }
    awaitBothWays(before);

    isDescribedWhole("spread", 3);
    for (Page page : List.of(ada, bob, eve)) {
      page.await(
          "[...parley.session.participants.keys()].every(id => parley.call.quality(id)?.score >="
              + " 1)");
    }

    Page kim = enter(guests(), "spread", "Kim");
    awaitPeers(List.of(2L, 2L));
    seeAndHearEachOther(List.of(ada, bob, eve, kim));
    bob.click("#leave");
    for (Page page : List.of(ada, eve, kim)) {
      page.await("parley.session.participants.size === 2");
    }
    List<Long> then = carried();
    seeAndHearEachOther(List.of(ada, eve, kim));
    awaitBothWays(then);

    ada.click("#share");
    for (Page page : List.of(eve, kim)) {
      page.await("document.querySelector('.tile[data-spot=true] video')?.videoWidth > 640");
    }
    for (Page page : List.of(ada, eve, kim)) {
      assertEquals(List.of(), page.console().stream().filter(it -> it.startsWith("err")).toList());
    }
  }

  /// Every loop has taken packets of the other since then.
  private void awaitBothWays(List<Long> then) throws Exception {
    await(
        () -> {
          List<Long> now = carried();
          return now.get(0) > then.get(0) && now.get(1) > then.get(1);
        });
  }

  /// Packets that each loop has taken from the other.
  private List<Long> carried() throws Exception {
    return figures("sfu_carried_in");
  }

  /// PeerConnections on each loop.
  private List<Long> peers() throws Exception {
    List<Long> opened = figures("sfu_peers_opened");
    List<Long> closed = figures("sfu_peers_closed");
    List<Long> there = new ArrayList<>();
    for (int loop = 0; loop < LOOPS; loop++) {
      there.add(opened.get(loop) - closed.get(loop));
    }
    return there;
  }

  // Whoever has left is closed soon after others have seen it.
  private void awaitPeers(List<Long> wanted) throws Exception {
    await(() -> peers().stream().sorted().toList().equals(wanted));
  }

  private void await(Callable<Boolean> done) throws Exception {
    Instant limit = Instant.now().plus(Duration.ofSeconds(20));
    while (!done.call()) {
      assertTrue(Instant.now().isBefore(limit), "peers " + peers() + ", carried " + carried());
      Thread.sleep(500);
    }
  }

  private List<Long> figures(String name) throws Exception {
    String body = server().get("metrics").body();
    List<Long> each = new ArrayList<>();
    for (int loop = 0; loop < LOOPS; loop++) {
      String mark = "parley_loop_" + name + "{loop=\"" + loop + "\"";
      each.add(
          body.lines()
              .filter(line -> line.startsWith(mark))
              .map(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' '))))
              .findFirst()
              .orElseThrow(() -> new AssertionError(body)));
    }
    return each;
  }

  /// The REST door tells of people on all loops, and that everybody is sent all of the others.
  private void isDescribedWhole(String room, int people) throws InterruptedException {
    String media = housekeeper().media(room);
    for (int i = 0;
        i < 100 && count(media, "\"why\":\"running\"") < 2 * people * (people - 1);
        i++) {
      Thread.sleep(100);
      media = housekeeper().media(room);
    }
    assertEquals(2 * people * (people - 1), count(media, "\"why\":\"running\""), media);
    assertEquals(people, count(media, "\"state\":\"connected\""), media);
    assertEquals(2 * people, count(media, "\"source\":"), media);
  }

  private static long count(String text, String part) {
    return Pattern.compile(part, Pattern.LITERAL).matcher(text).results().count();
  }
}
