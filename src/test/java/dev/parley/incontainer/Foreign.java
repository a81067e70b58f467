package dev.parley.incontainer;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/// Finds foreign programs. An absent one leaves the test out, with a word about it, unless the
/// system property `parley.tests.require` (a comma-separated list) names the group it belongs to.
public final class Foreign {
  private Foreign() {}

  /// The path of a program on `PATH`.
  ///
  /// @param group `browsers`, `coturn` or `postgresql`
  public static String program(String name, String group) {
    var found =
        Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
            .map(directory -> Path.of(directory, name))
            .filter(Files::isExecutable)
            .findFirst();
    if (found.isEmpty()) {
      String word = "NOT TESTED: there is no " + name + " on this machine";
      if (required(group)) {
        Assertions.fail(word);
      }
      Assumptions.abort(word);
    }
    return found.orElseThrow().toString();
  }

  /// Whether tests of this group must not be left out.
  public static boolean required(String group) {
    return List.of(System.getProperty("parley.tests.require", "").split("\\s*,\\s*"))
        .contains(group);
  }
}
