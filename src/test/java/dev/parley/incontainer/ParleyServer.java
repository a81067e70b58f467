package dev.parley.incontainer;

import dev.parley.lab.Http;
import dev.parley.lab.ParleyTurn;
import dev.parley.lab.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A Parley of its own for a test: `target/parley.jar` as a user runs it, on free ports, with its
/// own data directory.
public final class ParleyServer implements AutoCloseable {
  private static final String KEY_ID = "testkey";
  private static final String KEY_SECRET = "a-secret-of-the-tests-0123456789abcdef";
  private static final Pattern PASSWORD = Pattern.compile("sign in\\s+admin / (\\S+)");

  private final Process process;
  private final Path directory;
  private final Path output;
  private final int httpPort;
  private final int turnPort;
  private final boolean ownsDirectory;

  private ParleyServer(
      Process process, Path directory, int httpPort, int turnPort, boolean ownsDirectory) {
    this.process = process;
    this.directory = directory;
    this.output = directory.resolve("console.txt");
    this.httpPort = httpPort;
    this.turnPort = turnPort;
    this.ownsDirectory = ownsDirectory;
  }

  /// Starts a server and waits until its console says that it serves.
  ///
  /// @param settings `key=value`, as in the README's table, or arguments of the JVM; the tests' own
  ///   of these, for a quick start, are left out where [ParleyTurn#SHIPPED] is given
  public static ParleyServer start(String... settings) {
    try {
      return start(Files.createTempDirectory("parley-test"), true, Ports.free(), settings);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The same, in a data directory that is there already and is kept.
  public static ParleyServer startIn(Path directory, String... settings) {
    return start(directory, false, Ports.free(), settings);
  }

  /// The same, where clients of an earlier one look for it.
  public static ParleyServer startIn(Path directory, int httpPort, String... settings) {
    return start(directory, false, httpPort, settings);
  }

  private static ParleyServer start(
      Path directory, boolean owned, int httpPort, String... settings) {
    int turnPort = Ports.free();
    try {
      Path output = directory.resolve("console.txt");
      Files.deleteIfExists(output);
      Process process =
          new ProcessBuilder(command(directory, httpPort, turnPort, settings))
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      var server = new ParleyServer(process, directory, httpPort, turnPort, owned);
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
      server.awaitReady();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> command(
      Path directory, int httpPort, int turnPort, String... settings) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    if (!List.of(settings).contains(ParleyTurn.SHIPPED)) {
      command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", ParleyTurn.QUICK_START));
    }
    command.add("-Dparley.data.dir=" + directory.resolve("data"));
    command.add("-Dparley.keys=" + KEY_ID + ":" + KEY_SECRET);
    command.add("-Dparley.turn.port=" + turnPort);
    command.add("-Dparley.media.port=0");
    command.add("-Dparley.bind=127.0.0.1,::1");
    for (String setting : settings) {
      command.add(ParleyTurn.argument(setting));
    }
    command.addAll(List.of("-jar", Path.of("target", "parley.jar").toAbsolutePath().toString()));
    command.addAll(List.of("--port", Integer.toString(httpPort)));
    return command;
  }

  private void awaitReady() {
    Instant limit = Instant.now().plus(Duration.ofSeconds(120));
    while (!console().contains("Parley is serving")) {
      if (!process.isAlive() || Instant.now().isAfter(limit)) {
        process.destroyForcibly();
        throw new IllegalStateException("Parley did not come up:\n" + console());
      }
      pause(100);
    }
  }

  /// The base address, with a slash at its end.
  public URI http() {
    return URI.create("http://localhost:" + httpPort + "/");
  }

  /// The WebSocket address of a room.
  public URI signal(String room) {
    return URI.create("ws://localhost:" + httpPort + "/signal/" + room);
  }

  public int httpPort() {
    return httpPort;
  }

  /// The STUN port, UDP and TCP.
  public int turnPort() {
    return turnPort;
  }

  public long pid() {
    return process.pid();
  }

  public String apiKeyId() {
    return KEY_ID;
  }

  public String apiKeySecret() {
    return KEY_SECRET;
  }

  public Path directory() {
    return directory;
  }

  /// The first administrator's password, as the console shows it at the first start.
  public String adminPassword() {
    Matcher shown = PASSWORD.matcher(console());
    if (!shown.find()) {
      throw new IllegalStateException("no password was shown:\n" + console());
    }
    return shown.group(1);
  }

  /// All that the server has written to its console so far.
  public String console() {
    try {
      return Files.readString(output, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The answer to a plain GET of a path without a leading slash.
  public HttpResponse<String> get(String path) throws IOException, InterruptedException {
    try (var client = Http.client()) {
      return client.send(
          HttpRequest.newBuilder(http().resolve(path)).build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  /// Ends the process as the kernel does, without a chance to tidy up.
  public void kill() {
    process.destroyForcibly();
    await(process);
  }

  @Override
  public void close() {
    process.destroy();
    if (!await(process)) {
      process.destroyForcibly();
      await(process);
    }
    if (ownsDirectory) {
      delete(directory);
    }
  }

  private static boolean await(Process process) {
    try {
      return process.waitFor(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a server starts", e);
    }
  }

  private static void delete(Path directory) {
    try (var files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
