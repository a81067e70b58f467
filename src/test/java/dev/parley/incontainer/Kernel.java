package dev.parley.incontainer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What the kernel says of a process's sockets, so that no program needs to be installed to ask.
final class Kernel {
  private static final String LISTENING = "0A";
  private static final String UNCONNECTED = "07";

  private Kernel() {}

  /// Ports on which a process listens (TCP) or receives from anyone (UDP).
  ///
  /// @param table `tcp`, `tcp6`, `udp` or `udp6`
  static Set<Integer> listeningPorts(long pid, String table) throws IOException {
    Set<String> own = socketInodes(pid);
    Set<Integer> ports = new TreeSet<>();
    for (String line : Files.readAllLines(Path.of("/proc/net/" + table))) {
      String[] columns = line.strip().split("\\s+");
      boolean waits =
          columns.length > 9
              && (table.startsWith("tcp")
                  ? columns[3].equals(LISTENING)
                  : columns[3].equals(UNCONNECTED));
      if (waits && own.contains(columns[9])) {
        ports.add(Integer.parseInt(columns[1].substring(columns[1].indexOf(':') + 1), 16));
      }
    }
    return ports;
  }

  private static Set<String> socketInodes(long pid) throws IOException {
    try (var descriptors = Files.list(Path.of("/proc/" + pid + "/fd"))) {
      return descriptors
          .map(Kernel::target)
          .filter(target -> target.startsWith("socket:["))
          .map(target -> target.substring(8, target.length() - 1))
          .collect(Collectors.toSet());
    }
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException e) {
      return "";
    }
  }
}
