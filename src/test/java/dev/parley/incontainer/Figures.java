package dev.parley.incontainer;

import java.io.IOException;

/// The figures of a server's metrics page (OpenMetrics text).
final class Figures {
  private static final int LOOKS = 200;

  private Figures() {}

  /// The value of a figure without labels of its own.
  static long of(ParleyServer server, String name) throws IOException, InterruptedException {
    String page = server.get("metrics").body();
    return page.lines()
        .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
        .map(line -> line.substring(line.lastIndexOf(' ') + 1))
        .mapToLong(value -> (long) Double.parseDouble(value))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + name + " in\n" + page));
  }

  /// Waits until a figure has a value.
  static void await(ParleyServer server, String name, long value)
      throws IOException, InterruptedException {
    long now = of(server, name);
    for (int i = 0; i < LOOKS && now != value; i++) {
      Thread.sleep(100);
      now = of(server, name);
    }
    if (now != value) {
      throw new AssertionError(name + " is " + now + ", not " + value);
    }
  }
}
