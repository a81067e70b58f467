package dev.parley.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What Linux tells about another process (proc(5)).
record ServerProcess(long pid) {
  /// USER_HZ, which is 100 on every Linux that Java runs on.
  private static final double TICKS_A_SECOND = 100;

  /// CPU seconds used so far, in user and kernel mode, by all threads.
  double cpuSeconds() throws IOException {
    String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    // The name in parentheses may hold blanks.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_A_SECOND;
  }

  /// Resident memory in MiB.
  long residentMebibytes() throws IOException {
    return residentKibibytes() / 1024;
  }

  /// Resident memory in KiB.
  long residentKibibytes() throws IOException {
    for (var line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("[^0-9]", ""));
      }
    }
    throw new IOException("no VmRSS for " + pid);
  }

  /// Datagrams that the kernel has sent in the process's network namespace, of all its programs.
  long datagramsSent() throws IOException {
    long sent = 0;
    for (var line : Files.readAllLines(Path.of("/proc/" + pid + "/net/snmp"))) {
      if (line.matches("Udp: \\d.*")) {
        sent += Long.parseLong(line.split(" ")[4]);
      }
    }
    return sent;
  }

  /// UDP sockets in the process's network namespace, of all its programs.
  int udpSockets() throws IOException {
    int sockets = 0;
    for (String table : List.of("udp", "udp6")) {
      sockets += Files.readAllLines(Path.of("/proc/" + pid + "/net/" + table)).size() - 1;
    }
    return sockets;
  }

  /// Open descriptors.
  int descriptors() throws IOException {
    try (var open = Files.list(Path.of("/proc/" + pid + "/fd"))) {
      return (int) open.count();
    }
  }

  /// Threads that live now.
  int threads() throws IOException {
    try (var tasks = Files.list(Path.of("/proc/" + pid + "/task"))) {
      return (int) tasks.count();
    }
  }

  /// CPU seconds of the threads that live now, by name without numbers (comm of proc(5), which the
  /// JVM sets too).
  Map<String, Double> cpuByThread() throws IOException {
    Map<String, Double> seconds = new TreeMap<>();
    try (var tasks = Files.list(Path.of("/proc/" + pid + "/task"))) {
      for (Path task : tasks.toList()) {
        String stat = Files.readString(task.resolve("stat"));
        String name = stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        double used = (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_A_SECOND;
        seconds.merge(name.replaceAll("[#0-9]", "").strip(), used, Double::sum);
      }
    } catch (UncheckedIOException | NoSuchFileException e) {
      return seconds; // a thread ended while we looked
    }
    return seconds;
  }
}
