package dev.parley.bench;

import dev.parley.lab.Program;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What a server holds, after two full collections: what a cleaner holds dies in the second.
///
/// @param heap MiB that live
/// @param resident MiB
/// @param ofPeople objects that there is one of for each who is there, or for what they send, by
///   class
record SoakHoldings(
    double heap, int threads, int descriptors, long resident, Map<String, Long> ofPeople) {
  private static final List<String> CLASSES =
      List.of(
          "dev.parley.engine.peer.Peer",
          "dev.parley.engine.sfu.Router",
          "dev.parley.engine.sfu.Subscription",
          "dev.parley.protocol.dtls.DtlsConnection",
          "dev.parley.signal.Session");

  private static final Pattern LINE = Pattern.compile("(?m)^\\s*\\d+:\\s+(\\d+)\\s+\\d+\\s+(\\S+)");
  private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)");

  static SoakHoldings of(RoomsServer server) throws IOException {
    var process = new ServerProcess(server.pid());
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    String pid = Long.toString(server.pid());
    Program.mustRun(List.of(jcmd, pid, "GC.run"));
    String histogram = Program.mustRun(List.of(jcmd, pid, "GC.class_histogram"));
    return new SoakHoldings(
        total(histogram) / 1048576.0,
        process.threads(),
        process.descriptors(),
        process.residentMebibytes(),
        counts(histogram));
  }

  private static double total(String histogram) {
    Matcher found = TOTAL.matcher(histogram);
    if (!found.find()) {
      throw new IllegalStateException("no histogram: " + histogram);
    }
    return Double.parseDouble(found.group(1));
  }

  static Map<String, Long> counts(String histogram) {
    Map<String, Long> counts = new TreeMap<>();
    CLASSES.forEach(one -> counts.put(one, 0L));
    Matcher found = LINE.matcher(histogram);
    while (found.find()) {
      counts.computeIfPresent(found.group(2), (_, _) -> Long.parseLong(found.group(1)));
    }
    return counts;
  }

  /// Objects that somebody is still the reason of.
  long people() {
    return ofPeople.values().stream().mapToLong(Long::longValue).sum();
  }

  @Override
  public String toString() {
    String people =
        ofPeople.entrySet().stream()
            .map(one -> one.getValue() + " " + one.getKey().replaceAll(".*\\.", ""))
            .collect(Collectors.joining(", "));
    return "heap %.1f MiB, %d threads, %d descriptors, %d MiB resident, %s"
        .formatted(heap, threads, descriptors, resident, people);
  }
}
