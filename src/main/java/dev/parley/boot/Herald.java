package dev.parley.boot;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Waits until the host serves, then says so on the console, once.
final class Herald {
  private static final long LOOK_AGAIN_MILLIS = 100;
  private static final int ANSWER_MILLIS = 2_000;

  /// A host that listens elsewhere than on localhost never answers there; it is announced all the
  /// same.
  private static final int MOST_LOOKS = 100;

  private final Thread thread;

  private Herald(Thread thread) {
    this.thread = thread;
  }

  /// @param password the first administrator's new password, or null
  static Herald announce(Path data, String password, MediaHalf media) {
    return new Herald(
        Thread.ofVirtual()
            .name("parley-herald")
            .start(
                () ->
                    addresses()
                        .ifPresent(
                            open ->
                                System.out.print(
                                    new Announcement(
                                            open,
                                            password,
                                            media.listeners(),
                                            media.troubles(),
                                            data,
                                            media.io())
                                        .text()))));
  }

  /// Stops waiting.
  void stop() {
    thread.interrupt();
  }

  /// Addresses to open, none where the host does not tell; nothing where it stops before it serves.
  private static Optional<List<String>> addresses() {
    try {
      Optional<List<?>> ports = ServingHost.httpPorts();
      while (ports.isEmpty()) {
        Thread.sleep(LOOK_AGAIN_MILLIS);
        ports = ServingHost.httpPorts();
      }
      return Optional.of(
          ports.get().stream().map(port -> "http://localhost:" + port + "/").toList());
    } catch (ReflectiveOperationException e) {
      return Optional.of(List.of());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /// Whether the page is there: the host knows its ports some moments before it passes requests on.
  private static boolean answers(String address) {
    try {
      var connection = (HttpURLConnection) URI.create(address).toURL().openConnection();
      connection.setConnectTimeout(ANSWER_MILLIS);
      connection.setReadTimeout(ANSWER_MILLIS);
      try {
        return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
      } finally {
        connection.disconnect();
      }
    } catch (IOException e) {
      return false;
    }
  }
}
