package dev.parley.interop.browser;

import dev.parley.lab.Foreign;
import dev.parley.lab.Namespace;
import dev.parley.lab.Porthole;
import dev.parley.lab.Program;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A real browser, headless, with a fake camera and microphone, driven through W3C WebDriver BiDi:
/// Chromium by way of its chromedriver, Firefox directly.
public final class Browser implements AutoCloseable {
  /// ChromeDriver takes any port that is free on IPv4, and ends where it is not on IPv6.
  private static final int ATTEMPTS = 4;

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final List<String> CHROMIUM_ARGUMENTS =
      List.of(
          "--headless",
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--use-fake-device-for-media-stream",
          "--use-fake-ui-for-media-stream",
          "--auto-select-desktop-capture-source=Entire screen",
          "--autoplay-policy=no-user-gesture-required");

  private static final Map<String, String> FIREFOX_PREFERENCES =
      Map.ofEntries(
          Map.entry("media.navigator.streams.fake", "true"),
          Map.entry("media.navigator.permission.disabled", "true"),
          Map.entry("media.peerconnection.ice.loopback", "true"),
          Map.entry("media.peerconnection.ice.obfuscate_host_addresses", "false"),
          Map.entry("media.autoplay.default", "0"),
          Map.entry("media.gmp-manager.updateEnabled", "false"),
          Map.entry("media.gmp-manager.url", "\"data:text/plain,\""),
          Map.entry("remote.active-protocols", "1"),
          Map.entry("app.update.disabledForTesting", "true"),
          Map.entry("app.normandy.enabled", "false"),
          Map.entry("browser.safebrowsing.update.enabled", "false"),
          Map.entry("browser.shell.checkDefaultBrowser", "false"),
          Map.entry("browser.startup.homepage_override.mstone", "\"ignore\""),
          Map.entry("browser.topsites.contile.enabled", "false"),
          Map.entry("captivedetect.canonicalURL", "\"\""),
          Map.entry("network.captive-portal-service.enabled", "false"),
          Map.entry("network.connectivity-service.enabled", "false"),
          Map.entry("datareporting.policy.dataSubmissionEnabled", "false"),
          Map.entry("toolkit.telemetry.server", "\"\""),
          Map.entry("extensions.update.enabled", "false"),
          Map.entry("extensions.getAddons.cache.enabled", "false"),
          Map.entry("services.settings.server", "\"data:,\""));

  private final String name;
  private final BrowserProcess process;
  private final BidiConnection connection;
  private final Runnable farewell;

  private Browser(
      String name, BrowserProcess process, BidiConnection connection, Runnable farewell) {
    this.name = name;
    this.process = process;
    this.connection = connection;
    this.farewell = farewell;
    JsonArrayBuilder events = Json.createArrayBuilder().add("log.entryAdded");
    connection.command(
        "session.subscribe", Json.createObjectBuilder().add("events", events).build());
  }

  /// Starts Chromium; the test is skipped, or fails where browsers are required, if it is absent.
  ///
  /// @param more arguments on top of the usual ones
  public static Browser chromium(String... more) {
    return chromium(
        Namespace.here(),
        BrowserProcess.directory("parley-chromium"),
        Stream.concat(Stream.of("--allow-loopback-in-peer-connection"), Stream.of(more)));
  }

  /// Starts Chromium in a network of its own, where it has the candidates of that network.
  ///
  /// @param authority PEM file of a certificate authority that it shall trust
  public static Browser chromium(Namespace where, Path authority) {
    String certutil = Foreign.program("certutil", "browsers");
    Path home = BrowserProcess.directory("parley-chromium");
    Path database = home.resolve(".pki", "nssdb");
    try {
      Files.createDirectories(database);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String words = certutil + " -A -d sql:" + database + " -n tests -t C,, -i " + authority;
    Program.mustRun(List.of(words.split(" ")));
    return chromium(where, home, Stream.empty());
  }

  /// Starts Chromium in a network of its own, where a server without TLS counts as secure, so that
  /// its pages may use camera and microphone.
  ///
  /// @param server as pages name it, `http://203.0.113.10:8080`
  public static Browser chromium(Namespace where, URI server) {
    return chromium(
        where,
        BrowserProcess.directory("parley-chromium"),
        Stream.of("--unsafely-treat-insecure-origin-as-secure=" + server));
  }

  /// Starts Chromium in a network that has nothing but a loopback.
  ///
  /// @param more arguments on top of the usual ones
  public static Browser chromiumOnLoopback(Namespace where, String... more) {
    return chromium(
        where,
        BrowserProcess.directory("parley-chromium"),
        Stream.concat(Stream.of("--allow-loopback-in-peer-connection"), Stream.of(more)));
  }

  private static Browser chromium(Namespace where, Path directory, Stream<String> more) {
    String driver = Foreign.program("chromedriver", "browsers");
    String binary = Foreign.program("chromium", "browsers");
    BrowserProcess process = null;
    String listening = null;
    for (int left = ATTEMPTS; listening == null; left--) {
      process = BrowserProcess.start(directory, where.command(driver, "--port=0"));
      try {
        listening = process.announced(Pattern.compile("started successfully on port (\\d+)"));
      } catch (BrowserFailure ended) {
        if (left == 1) {
          throw ended;
        }
      }
    }
    Porthole porthole = Porthole.to(where, Integer.parseInt(listening));
    List<String> arguments = new ArrayList<>(CHROMIUM_ARGUMENTS);
    arguments.add("--user-data-dir=" + directory.resolve("profile"));
    more.forEach(arguments::add);
    JsonObjectBuilder options =
        Json.createObjectBuilder()
            .add("binary", binary)
            .add("args", Json.createArrayBuilder(arguments));
    JsonObject body =
        Json.createObjectBuilder()
            .add(
                "capabilities",
                Json.createObjectBuilder()
                    .add(
                        "alwaysMatch",
                        Json.createObjectBuilder()
                            .add("webSocketUrl", true)
                            .add("goog:chromeOptions", options)))
            .build();
    try {
      String driverHere = "127.0.0.1:" + porthole.port();
      URI sessions = URI.create("http://" + driverHere + "/session");
      JsonObject session = http(HttpRequest.newBuilder(sessions), "POST", body.toString());
      URI bidi = URI.create(session.getJsonObject("capabilities").getString("webSocketUrl"));
      URI mine = URI.create(sessions + "/" + session.getString("sessionId"));
      URI bidiHere = URI.create("ws://" + driverHere + bidi.getPath());
      return new Browser(
          "chromium",
          process,
          BidiConnection.to(bidiHere),
          () -> {
            try (porthole) {
              http(HttpRequest.newBuilder(mine), "DELETE", "");
            }
          });
    } catch (RuntimeException e) {
      porthole.close();
      process.close();
      throw e;
    }
  }

  /// Starts Firefox ESR; the test is skipped, or fails where browsers are required, if it is
  /// absent.
  public static Browser firefox() {
    String binary = Foreign.program("firefox-esr", "browsers");
    Path profile = BrowserProcess.directory("parley-firefox");
    StringBuilder preferences = new StringBuilder();
    FIREFOX_PREFERENCES.forEach(
        (key, value) -> preferences.append("user_pref(\"%s\", %s);%n".formatted(key, value)));
    try {
      Files.writeString(profile.resolve("user.js"), preferences);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    BrowserProcess process =
        BrowserProcess.start(
            profile,
            List.of(
                binary,
                "--headless",
                "--no-remote",
                "--remote-debugging-port=0",
                "--profile",
                profile.toString()));
    try {
      String address =
          process.announced(Pattern.compile("WebDriver BiDi listening on (ws://\\S+)"));
      BidiConnection connection = BidiConnection.to(URI.create(address + "/session"));
      JsonObject none = JsonObject.EMPTY_JSON_OBJECT;
      connection.command(
          "session.new", Json.createObjectBuilder().add("capabilities", none).build());
      return new Browser(
          "firefox", process, connection, () -> connection.command("browser.close", none));
    } catch (RuntimeException e) {
      process.close();
      throw e;
    }
  }

  /// Opens a page in a window of its own and waits until it is loaded.
  public Page open(URI address) {
    Page page = new Page(connection, "window");
    page.go(address);
    return page;
  }

  /// The same; a function runs in the window before any script of a page does.
  ///
  /// @param before as `() => { … }`
  public Page open(URI address, String before) {
    Page page = new Page(connection, "window");
    page.before(before);
    page.go(address);
    return page;
  }

  @Override
  public void close() {
    try {
      farewell.run();
    } catch (BrowserFailure e) {
      // it is ended the hard way below
    }
    connection.close();
    process.close();
  }

  @Override
  public String toString() {
    return name;
  }

  /// A driver that is asked to end a browser which hangs may never answer.
  private static JsonObject http(HttpRequest.Builder request, String method, String body) {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> response =
          client.send(
              request
                  .method(method, HttpRequest.BodyPublishers.ofString(body))
                  .timeout(PATIENCE)
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      JsonObject answer = Json.createReader(new StringReader(response.body())).readObject();
      if (response.statusCode() != 200) {
        throw new BrowserFailure("chromedriver: " + answer);
      }
      return answer.isNull("value") ? answer : answer.getJsonObject("value");
    } catch (IOException e) {
      throw new BrowserFailure("chromedriver is gone", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BrowserFailure("interrupted", e);
    }
  }
}
