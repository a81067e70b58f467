package dev.parley.interop.browser;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/// Finds the programs of browser tests. An absent one skips the test with a word about it, unless
/// the system property `parley.tests.require` (a comma-separated list) holds `browsers`.
public final class Programs {
  private Programs() {}

  /// The path of a program on `PATH`.
  public static String path(String program) {
    Optional<Path> found =
        Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
            .map(directory -> Path.of(directory, program))
            .filter(Files::isExecutable)
            .findFirst();
    if (found.isEmpty()) {
      String word = "NOT TESTED: there is no " + program + " on this machine";
      System.getLogger(Programs.class.getName()).log(System.Logger.Level.WARNING, word);
      List<String> required =
          List.of(System.getProperty("parley.tests.require", "").split("\\s*,\\s*"));
      if (required.contains("browsers")) {
        Assertions.fail(word);
      }
      Assumptions.abort(word);
    }
    return found.orElseThrow().toString();
  }
}
