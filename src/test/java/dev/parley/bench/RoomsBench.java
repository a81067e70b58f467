package dev.parley.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// `sfu-rooms`: what rooms of real peers cost Parley, and what their people get.
///
/// `RoomsBench [--rows rooms,large,broadcast] [--seconds 10] [--repetitions 2] [--warm 20]
/// [name=number …] [-Dsetting=value | -Xoption …]`: wants root and `target/parley.jar` in the
/// working directory's project. The rows and their numbers: [RoomsRow]. All peers are of one load
/// client, a process of its own in the server's network, each with ICE, DTLS and SRTP, audio with
/// levels, simulcast video, and the reports, NACKs and transport-wide feedback of a browser.
///
/// Figures: CPU microseconds of the server's process, user and system, for each RTP packet that
/// reached a receiver, and of its threads; the time from a packet's sending to its arrival in the
/// receiver's socket, both the kernel's business counted, by one clock; what each receiver got; how
/// many of the streams that should be live were, looked at each second; how long the server's JVM
/// stood still. Fails where a packet was not as it was sent, or a stream not live. Where the load
/// client itself had too much to do it says so, and the row is worth nothing.
public final class RoomsBench {
  private static final double BUSY = 0.9;
  private static final double LATE = 20_000;

  private final Map<String, String> changes;
  private final List<String> settings;
  private final double seconds;
  private final int repetitions;
  private final double warm;
  private boolean sound = true;

  private RoomsBench(BenchArguments arguments) {
    changes = RoomsRow.parse(arguments.settings());
    settings = new ArrayList<>(List.of("-Dparley.media.loops=2"));
    arguments.settings().stream().filter(one -> one.startsWith("-")).forEach(settings::add);
    seconds = Double.parseDouble(arguments.text("seconds", "10"));
    repetitions = arguments.number("repetitions", 2);
    warm = Double.parseDouble(arguments.text("warm", "20"));
  }

  public static void main(String[] args) throws IOException {
    var arguments = BenchArguments.of(args);
    var bench = new RoomsBench(arguments);
    try (var server = new RoomsServer(bench.settings)) {
      for (String row : arguments.words("rows", "rooms,large,broadcast")) {
        bench.run(server, row);
      }
    }
    System.exit(bench.sound ? 0 : 1);
  }

  private void run(RoomsServer server, String name) throws IOException {
    RoomsRow row = RoomsRow.named(name).with(changes);
    System.out.printf("%s: %s%n", name, row);
    FanoutCpu before = FanoutCpu.of(server.pid());
    var joining = new RoomsJoining(server.pid(), before);
    try (var load = server.load(name, row, joining)) {
      FanoutCpu after = FanoutCpu.of(server.pid());
      double cpu = (after.process() - before.process()) / 1e9;
      System.out.printf(
          "  joining took %.1f CPU seconds of the server, %.1f of the load client; %s%n",
          cpu, FanoutCpu.of(load.pid()).process() / 1e9, busiest(before, after, row.all() * 1e3));
      if (warm > 0) {
        load.run(warm);
      }
      for (int i = 0; i < repetitions; i++) {
        measure(server, load, row);
      }
      long resident = new ServerProcess(server.pid()).residentMebibytes();
      System.out.printf("  server: %d MiB resident%n", resident);
    }
  }

  private void measure(RoomsServer server, RoomsLoadProcess load, RoomsRow row) throws IOException {
    server.pauses().news();
    FanoutCpu before = FanoutCpu.of(server.pid());
    FanoutCpu client = FanoutCpu.of(load.pid());
    RoomsWork began = RoomsWork.of(server);
    Map<String, Double> seen = load.run(seconds);
    FanoutCpu after = FanoutCpu.of(server.pid());
    RoomsWork ended = RoomsWork.of(server);
    FanoutCpu clientAfter = FanoutCpu.of(load.pid());
    double wall = seen.get("seconds");
    double packets = seen.get("packets");
    System.out.printf(
        "  %.2f us/packet, %.0f packets/s, server %.2f cores, client %.2f cores; %s%n",
        (after.process() - before.process()) / packets / 1e3,
        packets / wall,
        (after.process() - before.process()) / wall / 1e9,
        (clientAfter.process() - client.process()) / wall / 1e9,
        busiest(before, after, packets));
    System.out.printf(
        "    of each loop's time busy %s, and on average waiting for a core %.0f %%; carried between"
            + " loops %.0f packets/s, refused %d; paced %.1f %% of packets; load average of the"
            + " machine %s%n",
        ended.shares(began),
        100 * (loops(after.waited()) - loops(before.waited())) / wall / 1e9 / began.busy().size(),
        (ended.carried() - began.carried()) / wall,
        ended.refused() - began.refused(),
        100 * (ended.paced() - began.paced()) / packets,
        Files.readString(Path.of("/proc/loadavg")).split(" ")[0]);
    print(seen, row);
    System.out.printf("    %s%n", RoomsPauses.said(server.pauses().news(), wall));
    judge(seen, row);
  }

  private static void print(Map<String, Double> seen, RoomsRow row) {
    String text =
        """
            delay us p50 %delayP50 p99 %delayP99 p99.9 %delayP999 most %delayMost; live %live of %wanted (%quiet quiet); longest without a frame, ms: video %videoPause audio %audioPause
            kbit/s per receiver %kbitMin / %kbitMedian / %kbitMax; RTT us by STUN %rttMicrosMin / %rttMicrosMedian / %rttMicrosMax, by RTCP %rtcpRttMicrosMin / %rtcpRttMicrosMedian / %rtcpRttMicrosMax
            lost %lost (and audio %audioLost) repaired %repaired nacks %nacks plis %plis key frames asked of publishers %keysAsked feedbacks %feedbacks padding %padding; layers %layer0 %layer1 %layer2
            looked at %looked, wrong %wrong, strangers %strangers, duplicates %duplicates, picture gaps %pictureGaps, TL0 gaps %tl0Gaps, time jumps %timeJumps; offers %offers churned %churned, settings changed %preferred
            client: busy %clientBusy, sends late by us %lateMean on average, %lateMost at most, dropped %clientDrops, refused %refused
        """;
    List<String> names = new ArrayList<>(seen.keySet());
    names.sort(java.util.Comparator.comparingInt(String::length).reversed());
    for (String name : names) {
      double value = seen.get(name);
      String figure = value == Math.rint(value) ? "%.0f" : "%.2f";
      text = text.replace("%" + name, figure.formatted(value));
    }
    System.out.print(text);
  }

  private void judge(Map<String, Double> seen, RoomsRow row) {
    boolean right = seen.get("wrong") == 0 && seen.get("strangers") == 0;
    boolean live = row.churn() > 0 || seen.get("live").equals(seen.get("wanted"));
    boolean whole =
        row.loss() > 0
            || row.churn() > 0
            || seen.get("pictureGaps") + seen.get("tl0Gaps") + seen.get("timeJumps") == 0;
    boolean able =
        seen.get("clientBusy") < BUSY && seen.get("clientDrops") + seen.get("refused") == 0;
    sound &= right && live && whole;
    if (!able) {
      System.out.println("    THE LOAD CLIENT IS OVERLOADED");
    } else if (seen.get("lateMost") > LATE) {
      System.out.println("    THE MACHINE IS CROWDED: the load client could not send in time");
    }
    if (!right || !live || !whole) {
      System.out.printf(
          "    FAILED: %s%s%s%n",
          right ? "" : "wrong packets; ",
          live ? "" : "streams that are not live; ",
          whole ? "" : "streams that do not go on");
    }
  }

  private static long loops(Map<String, Long> threads) {
    return threads.getOrDefault("parley-loop-", 0L);
  }

  /// The threads that took most of a run, in microseconds a packet, or milliseconds a join.
  private static String busiest(FanoutCpu before, FanoutCpu after, double packets) {
    Map<String, Double> threads = new TreeMap<>();
    after
        .threads()
        .forEach(
            (name, ran) ->
                threads.put(name, (ran - before.threads().getOrDefault(name, 0L)) / packets / 1e3));
    threads.put("(nobody: ksoftirqd)", (after.softirq() - before.softirq()) / packets / 1e3);
    return threads.entrySet().stream()
        .filter(thread -> thread.getValue() >= 0.005)
        .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
        .limit(6)
        .map(thread -> "%s %.2f".formatted(thread.getKey(), thread.getValue()))
        .collect(Collectors.joining(", "));
  }
}
