package dev.parley.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// `target/parley.jar` as a TURN server in a network of its own or on the loopback.
public final class ParleyTurn implements TurnHost {
  private final Setup setup;
  private final Program program;
  private final Path directory;
  private final int httpPort;

  private ParleyTurn(Setup setup, Program program, Path directory, int httpPort) {
    this.setup = setup;
    this.program = program;
    this.directory = directory;
    this.httpPort = httpPort;
  }

  /// An argument of the JVM for tests in which nobody measures speed: a start, which runs each line
  /// of a container's code once, takes half the processor time without the second compiler.
  public static final String QUICK_START = "-XX:TieredStopAtLevel=1";

  /// The arguments that are shipped beside the jar, for benchmarks of a server as it is run.
  public static final String SHIPPED = "@" + Path.of("target", "parley.options").toAbsolutePath();

  /// A setting `key=value` as an argument of the JVM; what is one already, with a hyphen or an `@`
  /// before it, as it is.
  public static String argument(String setting) {
    return setting.matches("[-@].*") ? setting : "-D" + setting;
  }

  /// Starts it and waits until it serves.
  ///
  /// @param settings `key=value`, or arguments of the JVM; of two that contradict each other the
  ///   later one holds
  public static ParleyTurn start(Setup setup, String... settings) {
    try {
      Path directory = Files.createTempDirectory("parley-turn");
      int httpPort = Ports.free();
      var command = new ArrayList<String>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      // Its heap at once, as operations.md says of servers.
      command.addAll(List.of("-Xms512m", "-Xmx512m"));
      for (String setting : TurnSettings.of(setup, directory.resolve("data"))) {
        command.add("-D" + setting);
      }
      // Clients are on this host too: the kernel must not give them the port that a reservation
      // token
      // stands for.
      command.add("-Dparley.turn.relay.ports=61000-65535");
      for (String setting : settings) {
        command.add(argument(setting));
      }
      command.addAll(List.of("-jar", Path.of("target", "parley.jar").toAbsolutePath().toString()));
      command.addAll(List.of("--port", Integer.toString(httpPort)));
      Program program = Program.start(setup.where().command(command));
      var started = new ParleyTurn(setup, program, directory, httpPort);
      try {
        program.awaitWords("Parley is serving", Duration.ofSeconds(300));
      } catch (IllegalStateException e) {
        started.close();
        throw e;
      }
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Setup setup() {
    return setup;
  }

  /// The port of its HTTP server, in its own network.
  public int httpPort() {
    return httpPort;
  }

  @Override
  public long pid() {
    return program.pid();
  }

  @Override
  public TurnCredential credential() {
    return TurnCredential.of(SECRET, "tests");
  }

  @Override
  public String said() {
    return program.said();
  }

  @Override
  public void close() {
    program.close();
    try (var files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
