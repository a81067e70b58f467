package dev.parley.interop;

import dev.parley.interop.browser.Page;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The signaling snippet of every WebRTC tutorial works with Parley, unchanged but for the URL.
final class TutorialIT extends BrowserTest {
  private static final Map<String, Path> FILES =
      Map.of("/tutorial.html", Path.of("src", "test", "browser", "tutorial.html"));

  @ParameterizedTest
  @ValueSource(strings = {"text", "object", "untyped"})
  void twoTutorialPagesSeeEachOther(String form) {
    openRoom(form);
    try (Front front = new Front(guests(), FILES)) {
      Page one = open(front.http().resolve("/tutorial.html?room=" + form + "&form=" + form));
      Page two = open(front.http().resolve("/tutorial.html?room=" + form + "&form=" + form));
      one.await("ready");
      two.await("ready");
      one.evaluate("call()");
      for (Page page : List.of(one, two)) {
        page.await("(await framesDecoded()) > 10");
      }
    }
  }

  @Test
  void aTutorialPageAndAMeetingPageSeeEachOther() {
    openRoom("both");
    try (Front front = new Front(guests(), FILES)) {
      Page page = open(front.http().resolve("/tutorial.html?room=both&form=object"));
      page.await("ready");
      Page ada = enter(guests(), "both", "Ada");
      page.await("(await framesDecoded()) > 10");
      ada.await(
          "(await import('/parley.js')).statistics(parley.call).then(s => s[0].framesDecoded >"
              + " 10)");
    }
  }
}
