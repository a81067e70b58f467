package dev.parley.interop;

import static dev.parley.interop.MeetingRoom.seeAndHearEachOther;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.interop.browser.Page;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// A room whose people are on different event loops is one room to them.
final class SpreadIT extends BrowserTest {
  SpreadIT() {
    // A second loop takes the second who comes.
    super("parley.dev=true", "parley.bind=", "parley.media.loops=2", "parley.media.spread=1");
  }

  @Test
  void whoComesAndGoesOnAnyLoopSeesAndHearsAllOthers() throws Exception {
    Page ada = enter(guests(), openRoom("spread"), "Ada");
    Page bob = enter(guests(), "spread", "Bob");
    Page eve = enter(guests(), "spread", "Eve");
    for (Page page : List.of(ada, bob, eve)) {
      page.await("parley.call.mode === 'sfu'");
    }
    seeAndHearEachOther(List.of(ada, bob, eve));
    for (Page page : List.of(ada, bob, eve)) {
      page.await("parley.call.peers.size === 0");
    }

    String figures = server().get("metrics").body();
    assertTrue(Pattern.compile("sfu_carried_in\\S* [1-9]").matcher(figures).find(), () -> figures);

    isDescribedWhole("spread", 3);
    for (Page page : List.of(ada, bob, eve)) {
      page.await(
          "[...parley.session.participants.keys()].every(id => parley.call.quality(id)?.score >="
              + " 1)");
    }

    Page kim = enter(guests(), "spread", "Kim");
    seeAndHearEachOther(List.of(ada, bob, eve, kim));
    bob.click("#leave");
    for (Page page : List.of(ada, eve, kim)) {
      page.await("parley.session.participants.size === 2");
    }
    Page mio = enter(guests(), "spread", "Mio");
    seeAndHearEachOther(List.of(ada, eve, kim, mio));

    ada.click("#share");
    for (Page page : List.of(eve, kim, mio)) {
      page.await("document.querySelector('.tile[data-spot=true] video')?.videoWidth > 640");
    }
    for (Page page : List.of(ada, eve, kim, mio)) {
      assertEquals(List.of(), page.console().stream().filter(it -> it.startsWith("err")).toList());
    }
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
