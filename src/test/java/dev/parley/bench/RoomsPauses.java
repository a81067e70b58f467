package dev.parley.bench;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads how long a JVM stood still from what it logs with `-Xlog:safepoint:file=…`.
final class RoomsPauses {
  private static final Pattern SAFEPOINT =
      Pattern.compile("Safepoint \"(\\w+)\".* Total: +(\\d+) ns");

  private final Path log;
  private long at;

  /// One time at which all threads of the server stood still.
  record Pause(String why, long nanos) {}

  RoomsPauses(Path log) {
    this.log = log;
  }

  /// The JVM's argument.
  String argument() {
    return "-Xlog:safepoint,gc:file=" + log + "::filecount=0";
  }

  /// What has come since the last call.
  List<Pause> news() throws IOException {
    try (var file = new RandomAccessFile(log.toFile(), "r")) {
      file.seek(at);
      byte[] octets = new byte[(int) (file.length() - at)];
      file.readFully(octets);
      at += octets.length;
      return parse(new String(octets, StandardCharsets.UTF_8));
    }
  }

  static List<Pause> parse(String text) {
    List<Pause> pauses = new ArrayList<>();
    Matcher found = SAFEPOINT.matcher(text);
    while (found.find()) {
      pauses.add(new Pause(found.group(1), Long.parseLong(found.group(2))));
    }
    return pauses;
  }

  /// A sentence: how many, the longest by reason.
  static String said(List<Pause> pauses, double seconds) {
    Map<String, Long> most = new TreeMap<>();
    long sum = 0;
    for (Pause pause : pauses) {
      most.merge(pause.why(), pause.nanos(), Math::max);
      sum += pause.nanos();
    }
    var text = new StringBuilder();
    text.append("%d pauses, %.2f ms a second".formatted(pauses.size(), sum / 1e6 / seconds));
    most.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .limit(4)
        .forEach(one -> text.append(", %s %.2f ms".formatted(one.getKey(), one.getValue() / 1e6)));
    return text.toString();
  }

  void delete() throws IOException {
    Files.deleteIfExists(log);
  }
}
