package dev.parley.bench;

import dev.parley.lab.Namespace;
import dev.parley.lab.ParleyTurn;
import dev.parley.lab.SignedToken;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// `target/parley.jar` for [RoomsBench], in a network of its own, whose pauses are logged; started
/// with the arguments shipped beside it.
final class RoomsServer implements AutoCloseable {
  private static final String KEY = "rooms:" + "fedcba9876543210".repeat(3);

  private final RoomsPauses pauses =
      new RoomsPauses(Files.createTempFile("parley-rooms", ".log").toAbsolutePath());
  private final FanoutServer.Parley server;

  /// @param more settings, or arguments of the JVM
  RoomsServer(List<String> more) throws IOException {
    var settings =
        new ArrayList<>(List.of(ParleyTurn.SHIPPED, "parley.keys=" + KEY, pauses.argument()));
    settings.addAll(more);
    server = FanoutServer.Parley.start(settings);
  }

  long pid() {
    return server.pid();
  }

  /// Its page, as programs in its network reach it.
  URI http() {
    return URI.create("http://127.0.0.1:" + server.server().httpPort() + "/");
  }

  Namespace where() {
    return server.where();
  }

  /// A token with which somebody joins a room for an hour.
  String token(String room, String name) {
    String[] key = KEY.split(":", 2);
    return SignedToken.join(key[0], key[1], room, name, Instant.now().plusSeconds(3_600));
  }

  RoomsPauses pauses() {
    return pauses;
  }

  String said() {
    return server.server().said();
  }

  /// Starts a load client in the server's network; it is ready when this comes back.
  ///
  /// @param more words for it, besides the row's
  RoomsLoadProcess load(String row, RoomsRow as, RoomsLoadProcess.Progress progress, String... more)
      throws IOException {
    String url = "ws://127.0.0.1:" + server.server().httpPort() + "/signal/";
    var words = new ArrayList<>(List.of(row, url, KEY));
    words.addAll(Arrays.asList(as.words()));
    words.addAll(Arrays.asList(more));
    return RoomsLoadProcess.start(server.where(), words, progress);
  }

  /// A figure of `/metrics`, all loops together.
  long metric(String name) {
    return metrics(name).stream().mapToLong(Long::longValue).sum();
  }

  /// A figure of `/metrics` for each loop; none where the server did not say.
  List<Long> metrics(String name) {
    Path curl = Path.of("/usr/bin/curl");
    String url = "http://127.0.0.1:" + server.server().httpPort() + "/metrics";
    var said =
        dev.parley.lab.Program.run(
            java.time.Duration.ofSeconds(10), server.where().command(curl.toString(), "-s", url));
    return said.said()
        .lines()
        .filter(line -> line.startsWith("parley_loop_" + name + "{"))
        .map(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .toList();
  }

  @Override
  public void close() {
    server.close();
    try {
      pauses.delete();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
