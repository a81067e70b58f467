package dev.parley.interop.browser;

import dev.parley.lab.Foreign;
import dev.parley.lab.Namespace;
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
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// A real browser, headless, with a fake camera and microphone, driven through W3C WebDriver BiDi:
/// Chromium by way of its chromedriver, Firefox directly.
public final class Browser implements AutoCloseable {
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
    String binary = Foreign.program("chromium", "browsers");
    List<String> arguments = new ArrayList<>(List.of("--allow-loopback-in-peer-connection"));
    arguments.addAll(List.of(more));
    return chromium(BrowserProcess.directory("parley-chromium"), binary, arguments);
  }

  /// Starts Chromium in another network, and lets it trust a certificate authority. Its driver
  /// stays in this one: the two talk through a pipe.
  public static Browser chromiumIn(Namespace where, Path authority) {
    String binary = Foreign.program("chromium", "browsers");
    Path home = BrowserProcess.directory("parley-chromium");
    Path wrapper = home.resolve("chromium.sh");
    List<String> command = where.command(binary, "\"$@\"");
    try {
      Files.writeString(wrapper, "#!/bin/sh\nexec " + String.join(" ", command) + "\n");
      Files.setPosixFilePermissions(wrapper, PosixFilePermissions.fromString("rwx------"));
      Path store = Files.createDirectories(home.resolve(".pki").resolve("nssdb"));
      String certutil = Foreign.program("certutil", "browsers");
      String database = "sql:" + store;
      Program.mustRun(List.of(certutil, "-d", database, "-N", "--empty-password"));
      Program.mustRun(
          List.of(
              certutil, "-d", database, "-A", "-n", "tests", "-t", "C,,", "-i", authority + ""));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return chromium(home, wrapper.toString(), List.of("--remote-debugging-pipe"));
  }

  private static Browser chromium(Path directory, String binary, List<String> more) {
    String driver = Foreign.program("chromedriver", "browsers");
    BrowserProcess process = BrowserProcess.start(directory, List.of(driver, "--port=0"));
    String port = process.announced(Pattern.compile("started successfully on port (\\d+)"));
    List<String> arguments = new ArrayList<>(CHROMIUM_ARGUMENTS);
    arguments.add("--user-data-dir=" + directory.resolve("profile"));
    arguments.addAll(more);
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
      URI sessions = URI.create("http://127.0.0.1:" + port + "/session");
      JsonObject session = http(HttpRequest.newBuilder(sessions), "POST", body.toString());
      URI bidi = URI.create(session.getJsonObject("capabilities").getString("webSocketUrl"));
      URI mine = URI.create(sessions + "/" + session.getString("sessionId"));
      return new Browser(
          "chromium",
          process,
          BidiConnection.to(bidi),
          () -> http(HttpRequest.newBuilder(mine), "DELETE", ""));
    } catch (RuntimeException e) {
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

  private static JsonObject http(HttpRequest.Builder request, String method, String body) {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> response =
          client.send(
              request.method(method, HttpRequest.BodyPublishers.ofString(body)).build(),
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
