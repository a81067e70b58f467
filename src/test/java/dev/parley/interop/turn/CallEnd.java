package dev.parley.interop.turn;

import dev.parley.interop.browser.Browser;
import dev.parley.interop.browser.Page;
import dev.parley.lab.Namespace;
import dev.parley.lab.Program;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// A Chromium in a network of its own, with a page from that network's localhost that is one end of
/// a call.
final class CallEnd implements AutoCloseable {
  private static final int PORT = 8000;
  private static final String PAGES =
      Path.of("src", "test", "browser", "nat").toAbsolutePath().toString();

  private final Program pages;
  private final Browser browser;
  private final Page page;

  /// @param authority the certificate authority that the browser trusts
  CallEnd(Namespace where, Path authority) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    pages =
        Program.start(
            where.command(
                java, "-m", "jdk.httpserver", "-b", "127.0.0.1", "-p", PORT + "", "-d", PAGES));
    pages.awaitWords("URL http://", Duration.ofSeconds(30));
    browser = Browser.chromiumIn(where, authority);
    page = browser.open(URI.create("http://localhost:" + PORT + "/"));
  }

  /// @param iceServers as JavaScript has them
  void start(String iceServers) {
    page.evaluate("end.start(" + iceServers + ")");
  }

  JsonValue offer() {
    return page.evaluate("end.offer()");
  }

  JsonValue answer(JsonValue offer) {
    return page.evaluate("end.answer(" + offer + ")");
  }

  void accept(JsonValue answer) {
    page.evaluate("end.accept(" + answer + ")");
  }

  /// Carries the candidates found since the last time to the other end.
  void trickleTo(CallEnd other) {
    JsonValue candidates = page.evaluate("end.take()");
    if (!candidates.asJsonArray().isEmpty()) {
      other.page.evaluate("end.give(" + candidates + ")");
    }
  }

  String state() {
    return page.text("end.state()");
  }

  JsonObject figures() {
    return page.evaluate("end.figures()").asJsonObject();
  }

  static List<String> both(CallEnd first, CallEnd second) {
    return List.of(first.state(), second.state());
  }

  @Override
  public void close() {
    browser.close();
    pages.close();
  }
}
