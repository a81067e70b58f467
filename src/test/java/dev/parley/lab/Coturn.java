package dev.parley.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// coturn's `turnserver`, the server to compare with.
public final class Coturn implements TurnHost {
  private final Setup setup;
  private final Program program;
  private final Path database;
  private final Optional<TurnCredential> user;

  private Coturn(Setup setup, Program program, Path database, Optional<TurnCredential> user) {
    this.setup = setup;
    this.program = program;
    this.database = database;
    this.user = user;
  }

  /// Starts it with the secret that Parley has too, and waits until it listens.
  public static Coturn start(Setup setup) {
    return start(setup, Optional.empty());
  }

  /// Starts it in the way that costs it least: with one user of its command line, for with a secret
  /// it asks its database at every request.
  public static Coturn startWithUser(Setup setup) {
    return start(setup, Optional.of(new TurnCredential("u1", "p1")));
  }

  private static Coturn start(Setup setup, Optional<TurnCredential> user) {
    var command = new ArrayList<String>();
    command.add(Foreign.program("turnserver", "coturn"));
    command.addAll(List.of("-n", "--no-cli", "--simple-log", "--log-file", "stdout"));
    command.addAll(List.of("--realm", REALM, "--mobility", "--allow-loopback-peers"));
    command.addAll(
        user.map(u -> List.of("--lt-cred-mech", "--user", u.user() + ":" + u.password()))
            .orElse(List.of("--use-auth-secret", "--static-auth-secret", SECRET)));
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
    Program program = Program.start(setup.where().command(command));
    program.awaitWords("(admin thread)", Duration.ofSeconds(20));
    return new Coturn(setup, program, database, user);
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
  public TurnCredential credential() {
    return user.orElseGet(() -> TurnCredential.of(SECRET, "tests"));
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
