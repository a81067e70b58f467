package dev.parley.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.incontainer.ParleyServer;
import dev.parley.lab.Program;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Two hundred come, publish and go through the JSON door, every fourth without a word: nothing of
/// them stays behind.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SfuChurnIT {
  private static final int WARM_UP = 60;
  private static final int JOINS = 200;

  /// The pools of the container breathe by a few threads and connections; 200 would be a leak.
  private static final int BREATH = 15;

  private static final double HEAP_GROWTH = 20;

  private ParleyServer server;

  /// What the server holds.
  ///
  /// @param heap MiB that live after a collection
  private record Holdings(int descriptors, int threads, double heap) {}

  @BeforeAll
  void start() {
    server =
        ParleyServer.start(
            "parley.dev=true",
            "parley.bind=127.0.0.1",
            "parley.signal.resume=2",
            "parley.signal.rate=10000");
  }

  @AfterAll
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void twoHundredJoinsAndLeavesLeaveNothingBehind() throws Exception {
    churn(WARM_UP);
    Holdings before = holdings();
    churn(JOINS);
    Holdings after = holdings();
    System.out.printf("before: %s%nafter %d joins: %s%n", before, JOINS, after);
    assertEquals(WARM_UP + JOINS, metric("sfu_peers_opened"));
    assertEquals(WARM_UP + JOINS, metric("sfu_tracks_up"));
    assertEquals(0, metric("engine_failures"));
    assertTrue(after.descriptors - before.descriptors < BREATH);
    assertTrue(after.threads - before.threads < BREATH);
    assertTrue(after.heap - before.heap < HEAP_GROWTH);
  }

  /// So many come and go one after the other; afterwards the server has noticed.
  private void churn(int joins) throws Exception {
    try (var visits = new ChurnVisits(server)) {
      for (int i = 0; i < joins; i++) {
        visits.comeAndGo(i % 4 != 3);
      }
    }
    long end = System.nanoTime() + 60_000_000_000L;
    while (metric("sfu_peers_opened") != metric("sfu_peers_closed")
        || metric("sfu_tracks_up") != metric("sfu_tracks_down")) {
      assertTrue(System.nanoTime() < end, this::state);
      Thread.sleep(500);
    }
  }

  private String state() {
    return List.of("peers_opened", "peers_closed", "tracks_up", "tracks_down").stream()
        .map(name -> name + "=" + metric("sfu_" + name))
        .toList()
        .toString();
  }

  /// Of all loops.
  private long metric(String name) {
    try {
      return (long)
          server
              .get("metrics")
              .body()
              .lines()
              .filter(line -> line.startsWith("parley_loop_" + name + "{"))
              .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
              .sum();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private Holdings holdings() throws IOException {
    var process = new ServerProcess(server.pid());
    // Collects, then counts what lives; its last line is the total.
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    String pid = Long.toString(server.pid());
    Program.mustRun(List.of(jcmd, pid, "GC.run"));
    String histogram = Program.mustRun(List.of(jcmd, pid, "GC.class_histogram")).strip();
    String total = histogram.substring(histogram.lastIndexOf("Total"));
    double heap = Long.parseLong(total.split("\\s+")[2]) / 1048576.0;
    return new Holdings(process.descriptors(), process.threads(), heap);
  }
}
