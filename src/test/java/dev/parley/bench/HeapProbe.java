package dev.parley.bench;

import dev.parley.lab.Program;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/// Asks a JVM for its heap by `jcmd`.
record HeapProbe(long pid) {
  /// The line of a whole heap, or one of each generation: of the collectors G1, Z, serial,
  /// parallel.
  private static final Pattern USED =
      Pattern.compile(
          "^\\s*(?:garbage-first heap|ZHeap|DefNew|Tenured|PSYoungGen|ParOldGen)\\b.* used (\\d+)([KM])",
          Pattern.MULTILINE);

  /// KiB in use after full collections: two, for what a cleaner holds dies in the second.
  long usedKibibytes() {
    jcmd("GC.run");
    jcmd("GC.run");
    String said = jcmd("GC.heap_info");
    long sum =
        USED.matcher(said)
            .results()
            .mapToLong(r -> Long.parseLong(r.group(1)) * (r.group(2).equals("M") ? 1024 : 1))
            .sum();
    if (sum == 0) {
      throw new IllegalStateException("no heap in " + said);
    }
    return sum;
  }

  private String jcmd(String command) {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    return Program.mustRun(List.of(jcmd.toString(), Long.toString(pid), command));
  }
}
