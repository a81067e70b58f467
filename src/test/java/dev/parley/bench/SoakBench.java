package dev.parley.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `sfu-soak`: whether a server that rooms come and go in, and people in them, stays what it is.
///
/// `SoakBench [--minutes 30] [--row soak] [--warm 60] [name=number …] [-Dsetting=value | -Xoption
/// …]`: wants root and `target/parley.jar` in the working directory's project. A crowd as in
/// [RoomsBench] in which somebody leaves and somebody joins again and again, sizes of what is shown
/// change, and a share of packets is lost both ways. The server's heap after full collections, its
/// threads, its descriptors and what stands in its log are looked at after the warm-up, every tenth
/// of the time, and at the end; while they are, the crowd goes on. Fails where any of them has
/// grown, where streams stay dead, or where the log has an error.
public final class SoakBench {
  /// Heap that caches and the code of rare paths may still take: a leak in half an hour of joins is
  /// more.
  private static final double HEAP_GROWTH = 24;

  /// The pools of the container breathe by a few threads and connections.
  private static final int BREATH = 20;

  /// Streams that are alive at a look; joining and lost packets take the others' time.
  private static final double LIVE = 0.95;

  private static final int LOOKS = 10;

  private static final Pattern TROUBLE =
      Pattern.compile("(?m)^.*(\\[SEVERE]|SEVERE:|ERROR|Exception|OutOfMemory).*$");

  private final RoomsServer server;
  private final ServerProcess process;
  private final List<String> failures = new ArrayList<>();

  /// What the server holds.
  ///
  /// @param heap MiB that live after a collection
  private record Holdings(double heap, int threads, int descriptors, long resident) {
    @Override
    public String toString() {
      return "heap %.1f MiB, %d threads, %d descriptors, %d MiB resident"
          .formatted(heap, threads, descriptors, resident);
    }
  }

  private SoakBench(RoomsServer server) {
    this.server = server;
    this.process = new ServerProcess(server.pid());
  }

  public static void main(String[] args) throws IOException {
    var arguments = BenchArguments.of(args);
    String name = arguments.text("row", "soak");
    RoomsRow row = RoomsRow.named(name).with(RoomsRow.parse(arguments.settings()));
    List<String> settings =
        arguments.settings().stream().filter(one -> one.startsWith("-")).toList();
    double minutes = Double.parseDouble(arguments.text("minutes", "30"));
    double warm = Double.parseDouble(arguments.text("warm", "60"));
    System.out.printf("%s for %.1f minutes: %s%n", name, minutes, row);
    try (var server = new RoomsServer(settings);
        var load = server.load(name, row)) {
      var bench = new SoakBench(server);
      load.run(warm);
      bench.soak(load, minutes * 60 / LOOKS);
      bench.failures.forEach(one -> System.out.println("FAILED: " + one));
      System.out.println(bench.failures.isEmpty() ? "flat" : "not flat");
      System.exit(bench.failures.isEmpty() ? 0 : 1);
    }
  }

  private void soak(RoomsLoadProcess load, double seconds) throws IOException {
    Holdings first = holdings();
    System.out.printf("  start: %s%n", first);
    Holdings last = first;
    double churned = 0;
    for (int i = 1; i <= LOOKS; i++) {
      FanoutCpu before = FanoutCpu.of(server.pid());
      Map<String, Double> seen = load.run(seconds);
      double cores =
          (FanoutCpu.of(server.pid()).process() - before.process()) / seen.get("seconds") / 1e9;
      churned += seen.get("churned");
      last = holdings();
      print(i, last, cores, seen);
      look(i, seen);
    }
    judge(first, last);
    System.out.printf("  %.0f left and joined%n", churned);
    trouble();
  }

  private static void print(int look, Holdings holdings, double cores, Map<String, Double> seen) {
    System.out.printf(
        "  %d/%d: %s; server %.2f cores, %.0f packets/s, delay us p50 %.0f p99 %.0f, live %.0f of"
            + " %.0f, churned %.0f, settings %.0f, lost %.0f, repaired %.0f, wrong %.0f, key frames"
            + " %.0f%n",
        look,
        LOOKS,
        holdings,
        cores,
        seen.get("packets") / seen.get("seconds"),
        seen.get("delayP50"),
        seen.get("delayP99"),
        seen.get("live"),
        seen.get("wanted"),
        seen.get("churned"),
        seen.get("preferred"),
        seen.get("lost"),
        seen.get("repaired"),
        seen.get("wrong"),
        seen.get("keysAsked"));
  }

  private void look(int number, Map<String, Double> seen) {
    if (seen.get("wrong") > 0) {
      failures.add("look %d: %.0f wrong packets".formatted(number, seen.get("wrong")));
    }
    if (seen.get("live") < LIVE * seen.get("wanted")) {
      failures.add(
          "look %d: %.0f streams live of %.0f"
              .formatted(number, seen.get("live"), seen.get("wanted")));
    }
  }

  private void judge(Holdings first, Holdings last) {
    if (last.heap - first.heap > HEAP_GROWTH) {
      failures.add("the heap has grown by %.1f MiB".formatted(last.heap - first.heap));
    }
    if (last.threads - first.threads > BREATH) {
      failures.add("%d more threads".formatted(last.threads - first.threads));
    }
    if (last.descriptors - first.descriptors > BREATH) {
      failures.add("%d more descriptors".formatted(last.descriptors - first.descriptors));
    }
    long bugs = server.metric("engine_failures");
    if (bugs > 0) {
      failures.add(bugs + " inputs on which an engine threw");
    }
  }

  private void trouble() {
    Matcher found = TROUBLE.matcher(server.said());
    int count = 0;
    while (found.find()) {
      if (++count <= 5) {
        failures.add("in the log: " + found.group());
      }
    }
    System.out.printf("  %d errors in the log%n", count);
  }

  private Holdings holdings() throws IOException {
    double heap = new HeapProbe(server.pid()).usedKibibytes() / 1024.0;
    return new Holdings(
        heap, process.threads(), process.descriptors(), process.residentMebibytes());
  }
}
