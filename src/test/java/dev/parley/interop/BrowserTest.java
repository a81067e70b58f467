package dev.parley.interop;

import dev.parley.incontainer.ParleyServer;
import dev.parley.interop.browser.Browser;
import dev.parley.interop.browser.Page;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// What browser tests share: a server, which may have served other classes before (so names of
/// rooms are of one class alone), a Chromium for the class, and pages that are closed after each
/// test.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(StandingServers.class)
class BrowserTest {
  private final List<Page> pages = new ArrayList<>();
  private final List<String> settings;
  private ParleyServer server;
  private Housekeeper housekeeper;
  private Browser chromium;

  /// Browsers that share a few cores take media unevenly, which looks like a narrow way; what a
  /// narrow way does to pictures is for BandwidthIT. The addresses are those of the setting's
  /// default, not the tests'.
  ///
  /// @param more settings besides
  BrowserTest(String... more) {
    settings =
        Stream.concat(
                Stream.of("parley.dev=true", "parley.bind=", "parley.media.least-bitrate=5000000"),
                Stream.of(more))
            .toList();
  }

  List<String> settings() {
    return settings;
  }

  void serve(ParleyServer by, Housekeeper keeper) {
    server = by;
    housekeeper = keeper;
  }

  @BeforeAll
  void start() {
    chromium = Browser.chromium();
  }

  @AfterEach
  void closePages() {
    pages.forEach(Page::close);
    pages.clear();
  }

  @AfterAll
  void stop() {
    if (chromium != null) {
      chromium.close();
    }
  }

  ParleyServer server() {
    return server;
  }

  /// The server as guests reach it. Cookies of [#hosts()] are not sent to it.
  URI guests() {
    return server.http();
  }

  /// The server under another name of the same machine, so that who signs in there is nobody else.
  URI hosts() {
    return URI.create("http://127.0.0.1:" + server.http().getPort() + "/");
  }

  Housekeeper housekeeper() {
    return housekeeper;
  }

  /// Makes a room that anyone may join.
  ///
  /// @return its name
  String openRoom(String name) {
    housekeeper.room(name, "\"access\": \"open\"");
    return name;
  }

  Browser chromium() {
    return chromium;
  }

  /// Closes this page after the test.
  Page closing(Page page) {
    pages.add(page);
    return page;
  }

  /// Opens a page of the server, closed after the test.
  Page open(URI address) {
    return closing(chromium.open(address));
  }

  /// Somebody joins a room with the meeting page and sees it.
  Page enter(URI base, String room, String name) {
    return closing(MeetingRoom.enter(chromium, base, room, name));
  }

  /// Somebody presses Join on the meeting page; what comes then is the test's affair.
  Page knock(URI base, String room, String name) {
    return closing(MeetingRoom.knock(chromium, base, room, name));
  }
}
