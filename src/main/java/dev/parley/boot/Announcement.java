package dev.parley.boot;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The short block that ends the start on the console: what to open, how to sign in, what listens,
/// where data lives.
///
/// @param open the addresses to open in a browser; empty where the host does not tell
/// @param password the first administrator's new password, or null where there was an administrator
///   already
/// @param listeners the media half's listeners, as `192.0.2.1:3478 (udp, tcp)`
/// @param troubles what could not be bound
/// @param data the data directory
/// @param io how the event loops talk to the kernel
record Announcement(
    List<String> open,
    String password,
    List<String> listeners,
    List<String> troubles,
    Path data,
    String io) {

  /// The block, ready to print, ending in an empty line.
  String text() {
    var lines = new ArrayList<String>();
    lines.add("");
    lines.add("Parley is serving");
    open.forEach(address -> lines.add(row("open", address)));
    if (password != null) {
      lines.add(row("sign in", "admin / " + password + "   (shown only this once)"));
    }
    listeners.forEach(listener -> lines.add(row("STUN", listener)));
    lines.add(row("loops", io));
    troubles.forEach(trouble -> lines.add(row("trouble", trouble)));
    lines.add(row("data", data.toString()));
    lines.add(row("stop", "Ctrl+C"));
    lines.add("");
    return String.join(System.lineSeparator(), lines);
  }

  private static String row(String name, String value) {
    return "  %-9s %s".formatted(name, value);
  }
}
