package dev.parley.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// coturn's `turnserver`, the server to compare with.
public final class Coturn implements TurnHost {
  private final Setup setup;
  private final Program program;
  private final Path database;

  private Coturn(Setup setup, Program program, Path database) {
    this.setup = setup;
    this.program = program;
    this.database = database;
  }

  /// Starts it and waits until it listens.
  ///
  /// @param more arguments on top of those that the setup asks for
  public static Coturn start(Setup setup, String... more) {
    var command = new ArrayList<String>();
    command.add(Foreign.program("turnserver", "coturn"));
    command.addAll(List.of("-n", "--no-cli", "--simple-log", "--log-file", "stdout"));
    command.addAll(List.of("--realm", REALM, "--mobility", "--allow-loopback-peers"));
    command.addAll(List.of("--use-auth-secret", "--static-auth-secret", SECRET));
    command.addAll(List.of("--listening-port", Integer.toString(setup.port())));
    command.addAll(List.of("--tls-listening-port", Integer.toString(setup.tlsPort())));
    command.addAll(List.of("--alt-listening-port", Integer.toString(setup.alternatePort())));
    command.addAll(List.of("--pidfile", "/dev/null"));
    Path database = database();
    command.addAll(List.of("--userdb", database.toString()));
    for (String address : setup.addresses()) {
      command.addAll(List.of("--listening-ip", address, "--relay-ip", address));
    }
    setup
        .pem()
        .ifPresentOrElse(
            pem ->
                command.addAll(
                    List.of(
                        "--cert", pem.certificate().toString(), "--pkey", pem.key().toString())),
            () -> command.addAll(List.of("--no-tls", "--no-dtls")));
    command.addAll(List.of(more));
    Program program = Program.start(setup.where().command(command));
    program.awaitWords("(admin thread)", Duration.ofSeconds(20));
    return new Coturn(setup, program, database);
  }

  /// A file where coturn makes its tables; without them it refuses even secrets of its command
  /// line.
  private static Path database() {
    try {
      return Files.createTempFile("parley-coturn", ".db");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Setup setup() {
    return setup;
  }

  @Override
  public long pid() {
    return program.pid();
  }

  @Override
  public String said() {
    return program.said();
  }

  @Override
  public void close() {
    program.close();
    try {
      Files.deleteIfExists(database);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
