package dev.parley.lab;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/// Finds foreign programs. An absent one leaves the test out, with a word about it, unless the
/// system property `parley.tests.require` (a comma-separated list) names the group it belongs to.
public final class Foreign {
  private Foreign() {}

  /// The path of a program that has to be there.
  ///
  /// @param group `browsers`, `coturn`, `namespaces`, `openssl`, `postgresql`, `sdks` or `usrsctp`
  public static String program(String name, String group) {
    return find(name).orElseGet(() -> absent(name, group)).toString();
  }

  /// The path of a program on `PATH`, or where Debian keeps PostgreSQL's.
  public static Optional<Path> find(String name) {
    Stream<Path> path =
        Stream.of(System.getenv("PATH").split(":")).filter(p -> !p.isEmpty()).map(Path::of);
    Stream<Path> debian =
        Stream.of("18", "17", "16", "15").map(v -> Path.of("/usr/lib/postgresql", v, "bin"));
    return Stream.concat(path, debian)
        .map(directory -> directory.resolve(name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /// Ends the test: left out, or failed where its group must not be.
  public static <T> T absent(String name, String group) {
    String word = "NOT TESTED: there is no " + name + " on this machine";
    if (required(group)) {
      Assertions.fail(word);
    }
    System.err.println(word);
    return Assumptions.abort(word);
  }

  private static boolean required(String group) {
    return List.of(System.getProperty("parley.tests.require", "").split("\\s*,\\s*"))
        .contains(group);
  }
}
