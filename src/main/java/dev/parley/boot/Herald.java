package dev.parley.boot;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Waits until the host serves, then says so on the console, once.
final class Herald {
  private static final long LOOK_AGAIN_MILLIS = 100;

  private final Thread thread;

  private Herald(Thread thread) {
    this.thread = thread;
  }

  /// @param password the first administrator's new password, or null
  /// @param serving done first, as soon as the host serves
  static Herald announce(Path data, String password, MediaHalf media, Runnable serving) {
    return new Herald(
        Thread.ofVirtual()
            .name("parley-herald")
            .start(
                () ->
                    addresses()
                        .ifPresent(
                            open -> {
                              serving.run();
                              System.out.print(
                                  new Announcement(
                                          open,
                                          password,
                                          media.serving(),
                                          media.troubles(),
                                          data,
                                          media.io())
                                      .text());
                            })));
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
}
