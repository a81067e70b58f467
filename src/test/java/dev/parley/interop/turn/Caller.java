package dev.parley.interop.turn;

import com.sun.net.httpserver.HttpServer;
import dev.parley.interop.browser.Browser;
import dev.parley.interop.browser.Page;
import dev.parley.lab.Namespace;
import dev.parley.lab.NatTopology;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// One side of a call: a home, a Chromium in it, and the page `nat-call.html`, which a server on
/// that home's own loopback hands out, for a page needs a secure context.
final class Caller implements AutoCloseable {
  private static final Path PAGE = Path.of("src", "test", "browser", "nat-call.html");

  /// What came from the other side, and by which path.
  ///
  /// @param frames decoded in the time of the test
  /// @param local type of the selected local candidate (RFC 8445, section 4)
  /// @param remote type of the selected remote candidate
  /// @param relayProtocol `udp`, `tcp` or `tls` where the local candidate is relayed, or empty
  record Outcome(int frames, String local, String remote, String relayProtocol) {
    boolean isRelayed() {
      return local.equals("relay");
    }
  }

  private final NatTopology.Home home;
  private final HttpServer files;
  private final Browser browser;
  private final Page page;

  /// @param authority the certificate authority that this side trusts
  Caller(NatTopology.Home home, Path authority) {
    this.home = home;
    files = serve(home.client());
    browser = Browser.chromium(home.client(), authority);
    page = browser.open(URI.create("http://127.0.0.1:" + files.getAddress().getPort() + "/"));
  }

  private static HttpServer serve(Namespace where) {
    HttpServer server =
        where.inside(
            () -> HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    server.createContext(
        "/",
        exchange -> {
          byte[] body = Files.readAllBytes(PAGE);
          exchange.getResponseHeaders().add("Content-Type", "text/html");
          exchange.sendResponseHeaders(200, body.length);
          try (var out = exchange.getResponseBody()) {
            out.write(body);
          }
        });
    server.start();
    return server;
  }

  void open(JsonArray iceServers) {
    page.evaluate("open(" + iceServers + ")");
  }

  /// Makes an offer to the other side and carries its answer back; both watch from now on.
  void call(Caller other, int seconds) {
    JsonValue offer = page.evaluate("offer()");
    JsonValue answer = other.page.evaluate("answer(" + offer + ")");
    page.evaluate("accept(" + answer + ")");
    for (Caller side : List.of(this, other)) {
      side.page.evaluate("void watch(" + seconds + ")");
    }
  }

  /// Carries the candidates that were gathered since the last time.
  void trickle(Caller other) {
    JsonArray candidates = page.evaluate("gathered.splice(0)").asJsonArray();
    if (!candidates.isEmpty()) {
      other.page.evaluate("add(" + candidates + ")");
    }
  }

  boolean isDone() {
    return page.truth("outcome !== null");
  }

  /// What it has seen, once it is done.
  Outcome outcome() {
    JsonObject seen = page.evaluate("outcome").asJsonObject();
    return new Outcome(
        seen.getInt("frames"),
        seen.getString("local"),
        seen.getString("remote"),
        seen.getString("relayProtocol"));
  }

  /// How far it is, for who looks why a call does not come about.
  String state() {
    return page.text("state()") + " " + page.console();
  }

  @Override
  public void close() {
    browser.close();
    files.stop(0);
    home.close();
  }
}
