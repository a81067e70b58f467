package dev.parley.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// `sfu-soak`: whether a server that rooms come and go in, and people in them, stays what it is.
///
/// `SoakBench [--minutes 30] [--row soak] [--warm 480] [name=number …] [-Dsetting=value | -Xoption
/// …]`: wants root and `target/parley.jar` in the working directory's project. A crowd as in
/// [RoomsBench] in which somebody leaves, every eighth without a word, and somebody joins again and
/// again, sizes of what is shown change, and a share of packets is lost both ways. What the server
/// holds is looked at every minute, at least twelve times, while the crowd goes on; in the end all
/// leave, and it must hold nothing of them: what a lost timer should have ended is still there
/// then.
///
/// Fails where the heap, the threads or the descriptors have grown from the first to the last third
/// of the looks, where streams stay dead or somebody is put out, where anything is left in the end,
/// and where the log has a stack, an error, or a warning other than of overload. Payara keeps up to
/// 16 closed WebSockets a thread, 43 kB each, for use again, which takes some minutes to fill up:
/// so long is the crowd to be there before the first look.
public final class SoakBench {
  private static final int LEAST_LOOKS = 12;

  /// Streams that are alive at looks, but for those of who comes; lost packets take the others'
  /// time.
  private static final double LIVE = 0.97;

  /// So long it may take, in seconds, until one who comes has everybody and everybody has them.
  private static final double JOINS_IN = 1.5;

  /// Within that time after all have left the server knows: consent has run out, and the time in
  /// which a lost socket may come back (`parley.signal.resume`).
  private static final long KNOWS_WITHIN = 90_000_000_000L;

  private static final double LATE_MICROS = 250_000;

  /// A loop that has too much to do for a moment says so, and does less: such steps are counted.
  private static final Pattern TROUBLE =
      Pattern.compile(
          "(?m)^(?!.*\\bloop \\d+ has (too much|no more) to do\\b)"
              + ".*\\b(WARNING|SEVERE|ERROR|Exception|\\w+Error)\\b.*$");

  private static final Pattern STACK = Pattern.compile("(?m)^\\s+at [\\w.$/]+\\(");

  private final RoomsServer server;
  private final RoomsRow row;
  private final List<SoakHoldings> looks = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();
  private double churned;
  private double vanished;
  private double putOut;
  private double late;
  private RoomsWork begun;

  private SoakBench(RoomsServer server, RoomsRow row) {
    this.server = server;
    this.row = row;
  }

  public static void main(String[] args) throws IOException {
    var arguments = BenchArguments.of(args);
    String name = arguments.text("row", "soak");
    RoomsRow row = RoomsRow.named(name).with(RoomsRow.parse(arguments.settings()));
    List<String> settings =
        arguments.settings().stream().filter(one -> one.startsWith("-")).toList();
    double minutes = Double.parseDouble(arguments.text("minutes", "30"));
    double warm = Double.parseDouble(arguments.text("warm", "480"));
    System.out.printf("%s for %.1f minutes: %s%n", name, minutes, row);
    try (var server = new RoomsServer(settings)) {
      var bench = new SoakBench(server, row);
      try (var load = server.load(name, row, RoomsLoadProcess.UNTOLD)) {
        load.run(warm);
        bench.soak(load, minutes * 60, Math.max(LEAST_LOOKS, (int) minutes));
      }
      bench.judge();
      bench.left();
      bench.trouble();
      bench.failures.forEach(one -> System.out.println("FAILED: " + one));
      System.out.println(bench.failures.isEmpty() ? "flat" : "not flat");
      System.exit(bench.failures.isEmpty() ? 0 : 1);
    }
  }

  private void soak(RoomsLoadProcess load, double seconds, int count) throws IOException {
    System.out.printf("  start: %s%n", SoakHoldings.of(server));
    begun = RoomsWork.of(server);
    for (int i = 1; i <= count; i++) {
      RoomsWork work = RoomsWork.of(server);
      FanoutCpu before = FanoutCpu.of(server.pid());
      Map<String, Double> seen = load.run(seconds / count);
      double cores =
          (FanoutCpu.of(server.pid()).process() - before.process()) / seen.get("seconds") / 1e9;
      String busy = RoomsWork.of(server).shares(work);
      late =
          Math.max(
              late,
              server.metrics("late_microseconds").stream().mapToLong(one -> one).max().orElse(0));
      looks.add(SoakHoldings.of(server));
      System.out.printf(
          "  %d/%d: loops busy %s, server %.2f cores; %s%n",
          i, count, busy, cores, looks.getLast());
      print(seen);
      look(i, seen);
    }
    System.out.printf(
        "  all the time: loops busy %s; %.0f left and joined, %.0f of them without a word%n",
        RoomsWork.of(server).shares(begun), churned, vanished);
    System.out.printf(
        "  since the start: %d packets out, %d of them repairs, %d paced, %d dropped by the pacer,"
            + " %d times held back, %d key frames asked, %d steps of overload%n",
        server.metric("sfu_packets_out"),
        server.metric("sfu_repairs_out"),
        server.metric("sfu_paced"),
        server.metric("sfu_paced_out"),
        server.metric("sfu_held_back"),
        server.metric("sfu_key_frames_asked"),
        server.metric("sfu_overload_smaller")
            + server.metric("sfu_overload_fewer")
            + server.metric("sfu_overload_full"));
  }

  private static void print(Map<String, Double> seen) {
    System.out.printf(
        "      %.0f packets/s, delay us p50 %.0f p99 %.0f, live %.0f of %.0f, left and joined %.0f,"
            + " put out %.0f so far, sizes %.0f, video lost %.0f and repaired %.0f, audio lost"
            + " %.0f, wrong %.0f, key frames %.0f, client busy %.2f%n",
        seen.get("packets") / seen.get("seconds"),
        seen.get("delayP50"),
        seen.get("delayP99"),
        seen.get("live"),
        seen.get("wanted"),
        seen.get("churned"),
        seen.get("again"),
        seen.get("preferred"),
        seen.get("lost"),
        seen.get("repaired"),
        seen.get("audioLost"),
        seen.get("wrong"),
        seen.get("keysAsked"),
        seen.get("clientBusy"));
  }

  private void look(int number, Map<String, Double> seen) {
    churned += seen.get("churned");
    vanished += seen.get("vanished");
    if (seen.get("wrong") > 0) {
      failures.add("look %d: %.0f wrong packets".formatted(number, seen.get("wrong")));
    }
    if (seen.get("again") > putOut) {
      failures.add("look %d: %.0f put out".formatted(number, seen.get("again") - putOut));
      putOut = seen.get("again");
    }
    double ofOne = 2.0 * (row.people() - 1) * (row.voices() + row.cameras()) / row.people();
    double joining = seen.get("churned") * ofOne * JOINS_IN;
    if (seen.get("live") < LIVE * seen.get("wanted") - joining) {
      failures.add(
          "look %d: %.0f streams live of %.0f"
              .formatted(number, seen.get("live"), seen.get("wanted")));
    }
  }

  private void judge() {
    SoakTrend.of("MiB of heap", looks, SoakHoldings::heap, 10).tell(failures);
    SoakTrend.of("threads", looks, SoakHoldings::threads, 15).tell(failures);
    SoakTrend.of("descriptors", looks, SoakHoldings::descriptors, 15).tell(failures);
    SoakTrend.of("MiB resident", looks, SoakHoldings::resident, 40).tell(failures);
    System.out.printf("  latest that a loop came to a deadline: %.0f us%n", late);
    if (late > LATE_MICROS) {
      failures.add("a loop came to a deadline %.0f us late".formatted(late));
    }
    long bugs = server.metric("engine_failures");
    if (bugs > 0) {
      failures.add(bugs + " inputs on which an engine threw");
    }
  }

  /// All have left: waits until the server has noticed, and says what it has not.
  private void left() throws IOException {
    long began = System.nanoTime();
    List<String> rest = rest();
    // A look into the heap stops the server for a while: not before its counters say that it is
    // worth one.
    SoakHoldings end = rest.isEmpty() ? SoakHoldings.of(server) : null;
    while ((end == null || end.people() > 0) && System.nanoTime() - began < KNOWS_WITHIN) {
      try {
        Thread.sleep(1_000);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      }
      rest = rest();
      end = rest.isEmpty() ? SoakHoldings.of(server) : null;
    }
    if (end == null) {
      end = SoakHoldings.of(server);
    }
    System.out.printf(
        "  %.0f s after all have left: %s; %s%n",
        (System.nanoTime() - began) / 1e9,
        end,
        rest.isEmpty() ? "nothing of them outstanding" : "outstanding " + rest);
    rest.forEach(one -> failures.add("outstanding after all have left: " + one));
    end.ofPeople()
        .forEach(
            (what, count) -> {
              if (count > 0) {
                failures.add("%d of %s still in the heap".formatted(count, what));
              }
            });
  }

  /// What has begun and not ended.
  private List<String> rest() {
    String[][] pairs = {
      {"sfu_peers_opened", "sfu_peers_closed"},
      {"sfu_tracks_up", "sfu_tracks_down"},
      {"sfu_rooms_opened", "sfu_rooms_closed"},
      {"sfu_subscriptions_begun", "sfu_subscriptions_ended"},
      {"sfu_held_back", "sfu_released"},
      {"sfu_video_set_aside", "sfu_video_shown_again"},
    };
    return IntStream.range(0, pairs.length)
        .filter(i -> server.metric(pairs[i][0]) != server.metric(pairs[i][1]))
        .mapToObj(
            i ->
                "%s %d, %s %d"
                    .formatted(
                        pairs[i][0],
                        server.metric(pairs[i][0]),
                        pairs[i][1],
                        server.metric(pairs[i][1])))
        .toList();
  }

  private void trouble() {
    String log = server.said();
    Matcher found = TROUBLE.matcher(log);
    int count = 0;
    while (found.find()) {
      if (++count <= 8) {
        failures.add("in the log: " + found.group());
      }
    }
    long stacks = STACK.matcher(log).results().count();
    System.out.printf(
        "  the log: %d lines, %d errors and warnings but of overload, %d lines of stacks%n",
        log.lines().count(), count, stacks);
    if (stacks > 0) {
      failures.add(stacks + " lines of stacks in the log");
    }
  }
}
