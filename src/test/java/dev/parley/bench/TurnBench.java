package dev.parley.bench;

import dev.parley.lab.Coturn;
import dev.parley.lab.Namespace;
import dev.parley.lab.ParleyTurn;
import dev.parley.lab.Pem;
import dev.parley.lab.Program;
import dev.parley.lab.RelayFloor;
import dev.parley.lab.TurnCredential;
import dev.parley.lab.TurnHost;
import dev.parley.lab.Uclient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// CPU of coturn and of Parley for the same relaying, row after row, the two alternately.
///
/// `TurnBench [--rows TEN_160,CYCLES] [--seconds 6] [--repetitions 3] [--cycles 20000] [--warm 6]
/// [--servers coturn,floor,parley] [-Dsetting=value …]`: wants root, coturn, and
/// `target/parley.jar`; the floor, which has no part in rows that are more than UDP, gcc. Each
/// server has a network namespace of its own with nothing but a loopback, and the load client runs
/// in it too. Figures are CPU microseconds, user and system, of the server process per packet:
/// messages that arrived at clients, as `turnutils_uclient` counts them, times the two packets that
/// relaying each takes. Both are counted alike, so that a packet handed over without the kernel
/// counts too; what the kernel really sent (`Udp: OutDatagrams` of the namespace, clients included)
/// is printed beside it. Before each row Parley is warmed up, at most `warm` times, until Java's
/// compiler has little left to do; what it still does in a measured run counts. Idle CPU is
/// printed, not subtracted.
public final class TurnBench {
  private static final Pattern CYCLES = Pattern.compile("cycles=(\\d+)");

  /// Microseconds a packet.
  private static final double LITTLE_COMPILING = 0.3;

  private static final Duration LIMIT = Duration.ofMinutes(3);

  private final int seconds;
  private final int repetitions;
  private final int cycles;
  private final int warm;
  private final List<TurnHost> servers = new ArrayList<>();

  /// What one run of a row gave.
  ///
  /// @param micros CPU of the server for each packet or cycle
  /// @param lost messages that did not arrive
  /// @param kernel datagrams that the kernel of the namespace sent
  private record Figure(
      double micros, long packets, long lost, long kernel, double wall, String threads) {}

  private TurnBench(BenchArguments arguments) {
    seconds = arguments.number("seconds", 6);
    repetitions = arguments.number("repetitions", 3);
    warm = arguments.number("warm", 6);
    cycles = arguments.number("cycles", 20_000);
  }

  public static void main(String[] args) throws Exception {
    BenchArguments arguments = BenchArguments.of(args);
    var bench = new TurnBench(arguments);
    String all = String.join(",", Arrays.stream(TurnRow.values()).map(TurnRow::name).toList());
    Path directory = Files.createTempDirectory("parley-turn-bench");
    List<AutoCloseable> open = new ArrayList<>();
    try {
      Pem pem = Pem.make(directory);
      for (String name : arguments.words("servers", "coturn,parley")) {
        Namespace where = Namespace.make();
        open.addFirst(where);
        var setup = TurnHost.Setup.in(where, List.of("127.0.0.1"), pem);
        TurnHost server =
            switch (name) {
              case "coturn" -> Coturn.startWithUser(setup);
              case "floor" -> RelayFloor.start(RelayFloor.compile(directory), setup);
              default -> ParleyTurn.start(setup, arguments.settings().toArray(String[]::new));
            };
        open.addFirst(server);
        open.addFirst(Uclient.startPeer(where, TurnRow.PEER_PORT, "127.0.0.1"));
        bench.servers.add(server);
      }
      bench.idle();
      for (String row : arguments.words("rows", all)) {
        bench.run(TurnRow.valueOf(row));
      }
      bench.idle();
    } finally {
      for (AutoCloseable one : open) {
        one.close();
      }
    }
  }

  private void idle() throws IOException, InterruptedException {
    List<Double> before = new ArrayList<>();
    for (TurnHost server : servers) {
      before.add(process(server).cpuSeconds());
    }
    Thread.sleep(10_000);
    for (int i = 0; i < servers.size(); i++) {
      System.out.printf(
          "idle: %s %.1f ms CPU a second%n",
          name(servers.get(i)), (process(servers.get(i)).cpuSeconds() - before.get(i)) * 100);
    }
  }

  private void run(TurnRow row) throws IOException {
    System.out.println(row.words);
    List<List<Figure>> figures = new ArrayList<>();
    List<TurnHost> servers =
        this.servers.stream().filter(one -> row.plain() || !(one instanceof RelayFloor)).toList();
    for (TurnHost server : servers) {
      figures.add(new ArrayList<>());
      warmUp(row, server);
    }
    for (int i = 0; i < repetitions; i++) {
      for (int s = 0; s < servers.size(); s++) {
        Figure figure = measure(row, servers.get(s));
        figures.get(s).add(figure);
        System.out.printf(
            "  %-8s %6.2f us/packet, %d packets (%d messages lost), kernel sent %d, %.1f s; %s%n",
            name(servers.get(s)),
            figure.micros(),
            figure.packets(),
            figure.lost(),
            figure.kernel(),
            figure.wall(),
            figure.threads());
      }
    }
    for (int s = 1; s < servers.size(); s++) {
      double[] ratios = new double[repetitions];
      for (int i = 0; i < repetitions; i++) {
        ratios[i] = figures.get(s).get(i).micros() / figures.getFirst().get(i).micros();
      }
      Arrays.sort(ratios);
      System.out.printf(
          "  ratio %s/%s: min %.2f median %.2f max %.2f%n",
          name(servers.get(s)),
          name(servers.getFirst()),
          ratios[0],
          ratios[repetitions / 2],
          ratios[repetitions - 1]);
    }
  }

  // Java's compiler wants to see a path thousands of times, and what costs it is no part of a
  // server's steady state: allocations made and ended, the same load as fast as it goes, and then
  // the row itself until a run of it leaves the compiler little to do.
  private void warmUp(TurnRow row, TurnHost server) throws IOException {
    for (int i = 0; i < warm && server instanceof ParleyTurn; i++) {
      cycles(server);
      if (row.way == TurnRow.Way.CYCLES) {
        continue;
      }
      Uclient.run(server, LIMIT, row.pressing(seconds));
      Map<String, Double> before = process(server).cpuByThread();
      Uclient.Report report = Uclient.run(server, LIMIT, row.arguments(seconds));
      double compiling = compiling(process(server).cpuByThread()) - compiling(before);
      double micros = compiling * 1e6 / (report.received() * row.hops());
      System.out.printf("  warm-up %d: %.2f us/packet of it compiling%n", i + 1, micros);
      if (micros < LITTLE_COMPILING) {
        return;
      }
    }
  }

  private static double compiling(Map<String, Double> threads) {
    return threads.entrySet().stream()
        .filter(thread -> thread.getKey().contains("CompilerThre"))
        .mapToDouble(Map.Entry::getValue)
        .sum();
  }

  private Figure measure(TurnRow row, TurnHost server) throws IOException {
    var process = process(server);
    long datagrams = process.datagramsSent();
    Map<String, Double> threads = process.cpuByThread();
    double cpu = process.cpuSeconds();
    long began = System.nanoTime();
    long count;
    long lost = 0;
    if (row.way == TurnRow.Way.CYCLES) {
      count = cycles(server);
    } else {
      Uclient.Report report = Uclient.run(server, LIMIT, row.arguments(seconds));
      if (report.received() == 0) {
        throw new IllegalStateException(report.said());
      }
      count = report.received();
      lost = report.sent() - report.received();
    }
    cpu = process.cpuSeconds() - cpu;
    long packets = count * row.hops();
    return new Figure(
        cpu * 1e6 / packets,
        packets,
        lost,
        process.datagramsSent() - datagrams,
        (System.nanoTime() - began) / 1e9,
        busiest(threads, process.cpuByThread(), packets));
  }

  /// The threads that took most of a run, in microseconds a packet.
  private static String busiest(
      Map<String, Double> before, Map<String, Double> after, long packets) {
    return after.entrySet().stream()
        .map(e -> Map.entry(e.getKey(), e.getValue() - before.getOrDefault(e.getKey(), 0.0)))
        .filter(e -> e.getValue() > 0)
        .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
        .limit(4)
        .map(e -> "%s %.2f".formatted(e.getKey(), e.getValue() * 1e6 / packets))
        .collect(Collectors.joining(", "));
  }

  private long cycles(TurnHost server) {
    Program.Outcome outcome =
        Program.run(LIMIT, command(server, "cycles", Integer.toString(cycles), "50"));
    Matcher matcher = CYCLES.matcher(outcome.said());
    if (!matcher.find()) {
      throw new IllegalStateException(outcome.said());
    }
    return Long.parseLong(matcher.group(1));
  }

  /// A [TurnLoadClient] in the server's network.
  static List<String> command(TurnHost server, String... what) {
    TurnCredential credential = server.credential();
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(TurnLoadClient.class.getName(), server.setup().addresses().getFirst()));
    command.add(Integer.toString(server.setup().port()));
    command.addAll(List.of(credential.user(), credential.password()));
    command.addAll(List.of(what));
    return server.setup().where().command(command);
  }

  private static ServerProcess process(TurnHost server) {
    return new ServerProcess(server.pid());
  }

  private static String name(TurnHost server) {
    return switch (server) {
      case Coturn _ -> "coturn";
      case RelayFloor _ -> "floor";
      default -> "parley";
    };
  }
}
