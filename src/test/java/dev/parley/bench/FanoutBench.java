package dev.parley.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// `sfu-fanout`: CPU of an SFU for each packet that it forwards, Parley beside a floor in C, the
/// two alternately, compiled and run in the same run.
///
/// `FanoutBench [--receivers 10,50,500] [--patterns EVEN,BURSTS] [--seconds 6] [--repetitions 3]
/// [--warm 12] [--servers floor,parley] [--wait 0] [--way sample|take] [-Dsetting=value | -Xoption
/// …]`: wants root, gcc, libssl-dev, and `target/parley.jar` in the working directory's project.
/// One publisher sends 240 packets a second of 1,100 octets payload (see [FanoutPattern]), every
/// receiver gets all of them; SRTP is AEAD_AES_128_GCM. Each server has a network namespace of its
/// own with nothing but a loopback, and its load client runs in there, in a process of its own.
/// Figures are CPU microseconds, user and system, of the whole server process per packet that
/// reached a receiver's socket, the kernel's way through the loopback to there included. Before
/// each row Parley is warmed up, at most `warm` times, until Java's compiler has little left to do;
/// what it still does in a measured run counts. Fails where a packet that was looked at was not as
/// it was sent.
public final class FanoutBench {
  /// Part of what a run costs that the compiler may still take.
  private static final double LITTLE_COMPILING = 0.05;

  /// Runs in a row in which it was no more: it comes in fits.
  private static final int QUIET = 2;

  /// Packets a second to warm up with.
  private static final int PRESSING = 60_000;

  /// Times the bitrate that no limit of Parley's may meet while it warms up: 8.7 Mbit/s.
  private static final int FASTEST = 4;

  private static final Map<String, Double> TARGETS = Map.of("50 EVEN", 4.5, "50 BURSTS", 2.0);

  private final List<FanoutServer> servers = new ArrayList<>();
  private final double seconds;
  private final int repetitions;
  private final int warm;
  private final String way;
  private boolean sound = true;

  /// What one run gave.
  ///
  /// @param micros CPU of the server for each packet
  /// @param compiling of it, by Java's compiler
  /// @param together packets in one message to the kernel
  private record Figure(
      double micros,
      double compiling,
      double together,
      double wall,
      FanoutLoad.Outcome outcome,
      String threads) {}

  private FanoutBench(BenchArguments arguments) {
    seconds = Double.parseDouble(arguments.text("seconds", "6"));
    repetitions = arguments.number("repetitions", 3);
    warm = arguments.number("warm", 12);
    way = arguments.text("way", "sample");
  }

  public static void main(String[] args) throws Exception {
    BenchArguments arguments = BenchArguments.of(args);
    var bench = new FanoutBench(arguments);
    Path directory = Files.createTempDirectory("parley-fanout");
    try {
      Path floor = FanoutServer.Floor.compile(directory);
      for (String name : arguments.words("servers", "floor,parley")) {
        bench.servers.add(
            name.equals("floor")
                ? FanoutServer.Floor.of(floor, arguments.number("wait", 0))
                : FanoutServer.Parley.start(arguments.settings()));
      }
      for (String receivers : arguments.words("receivers", "10,50,500")) {
        bench.run(Integer.parseInt(receivers), arguments.words("patterns", "EVEN,BURSTS"));
      }
    } finally {
      bench.servers.forEach(FanoutServer::close);
      Files.deleteIfExists(directory.resolve("sfu_floor"));
      Files.delete(directory);
    }
    System.exit(bench.sound ? 0 : 1);
  }

  private void run(int receivers, String[] patterns) throws IOException {
    List<FanoutLoadProcess> loads = new ArrayList<>();
    try {
      for (FanoutServer server : servers) {
        loads.add(server.load(receivers, way));
      }
      for (String pattern : patterns) {
        run(receivers, FanoutPattern.valueOf(pattern), loads);
      }
    } finally {
      loads.forEach(FanoutLoadProcess::close);
    }
  }

  private void run(int receivers, FanoutPattern pattern, List<FanoutLoadProcess> loads)
      throws IOException {
    System.out.printf("%d receivers, %s%n", receivers, pattern);
    double[][] micros = new double[servers.size()][repetitions];
    for (int s = 0; s < servers.size(); s++) {
      warmUp(receivers, pattern, servers.get(s), loads.get(s));
    }
    for (int i = 0; i < repetitions; i++) {
      for (int s = 0; s < servers.size(); s++) {
        Figure figure = measure(pattern, servers.get(s), loads.get(s), 1);
        micros[s][i] = figure.micros();
        print(servers.get(s), figure);
      }
    }
    for (int s = 0; s < servers.size(); s++) {
      double[] sorted = micros[s].clone();
      Arrays.sort(sorted);
      Double target = servers.get(s).warms() ? TARGETS.get(receivers + " " + pattern) : null;
      double median = sorted[repetitions / 2];
      System.out.printf(
          "  = %s: min %.2f median %.2f max %.2f us/packet%s%n",
          servers.get(s).name(),
          sorted[0],
          median,
          sorted[repetitions - 1],
          target == null
              ? ""
              : ", wanted at most %.1f: %s".formatted(target, median <= target ? "met" : "MISSED"));
    }
    if (servers.size() == 2) {
      double[] ratios = new double[repetitions];
      Arrays.setAll(ratios, i -> micros[1][i] / micros[0][i]);
      Arrays.sort(ratios);
      System.out.printf(
          "  = ratio %s/%s: min %.2f median %.2f max %.2f%n",
          servers.get(1).name(),
          servers.get(0).name(),
          ratios[0],
          ratios[repetitions / 2],
          ratios[repetitions - 1]);
    }
  }

  // Java's compiler wants to see a path thousands of times, and what costs it is no part of a
  // server's steady state.
  private void warmUp(
      int receivers, FanoutPattern pattern, FanoutServer server, FanoutLoadProcess load)
      throws IOException {
    int speed = Math.clamp(PRESSING / (receivers * FanoutPattern.PACKETS_A_SECOND), 1, FASTEST);
    int quiet = 0;
    for (int i = 0; i < warm && server.warms(); i++) {
      load.run(pattern, seconds, speed);
      Figure figure = measure(pattern, server, load, 1);
      System.out.printf(
          "  warm-up %d: %.2f us/packet, %.2f of it compiling%n",
          i + 1, figure.micros(), figure.compiling());
      quiet = figure.compiling() < LITTLE_COMPILING * figure.micros() ? quiet + 1 : 0;
      if (quiet == QUIET) {
        return;
      }
    }
  }

  private Figure measure(
      FanoutPattern pattern, FanoutServer server, FanoutLoadProcess load, int speed)
      throws IOException {
    var kernel = new ServerProcess(server.pid());
    long messages = kernel.datagramsSent();
    FanoutCpu before = FanoutCpu.of(server.pid());
    long began = System.nanoTime();
    FanoutLoad.Outcome outcome = load.run(pattern, seconds, speed);
    double wall = (System.nanoTime() - began) / 1e9;
    FanoutCpu after = FanoutCpu.of(server.pid());
    // The kernel counts a UDP_SEGMENT message as one; the source is in the same network.
    messages = kernel.datagramsSent() - messages - outcome.sent();
    if (outcome.delivered() <= 0) {
      throw new IOException(server.name() + " delivers nothing: " + outcome.line());
    }
    sound &= outcome.wrong() == 0;
    double packets = outcome.delivered() * 1e3;
    Map<String, Double> threads = new TreeMap<>();
    after
        .threads()
        .forEach(
            (name, ran) ->
                threads.put(name, (ran - before.threads().getOrDefault(name, 0L)) / packets));
    threads.put("(nobody: ksoftirqd)", (after.softirq() - before.softirq()) / packets);
    double compiling =
        threads.entrySet().stream()
            .filter(thread -> thread.getKey().contains("CompilerThre"))
            .mapToDouble(Map.Entry::getValue)
            .sum();
    return new Figure(
        (after.process() - before.process()) / packets,
        compiling,
        (double) outcome.delivered() / messages,
        wall,
        outcome,
        busiest(threads));
  }

  /// The threads that took most of a run, in microseconds a packet.
  private static String busiest(Map<String, Double> threads) {
    return threads.entrySet().stream()
        .filter(thread -> thread.getValue() >= 0.005)
        .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
        .limit(6)
        .map(thread -> "%s %.2f".formatted(thread.getKey(), thread.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static void print(FanoutServer server, Figure figure) {
    FanoutLoad.Outcome outcome = figure.outcome();
    System.out.printf(
        "  %-8s %6.2f us/packet, %.1f a message, %d delivered, %.0f/s, %d lost; %d looked at, %d"
            + " wrong, %d gaps; %s%n",
        server.name(),
        figure.micros(),
        figure.together(),
        outcome.delivered(),
        outcome.delivered() / figure.wall(),
        outcome.lost(),
        outcome.taken(),
        outcome.wrong(),
        outcome.gaps(),
        figure.threads());
  }
}
