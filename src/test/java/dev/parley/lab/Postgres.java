package dev.parley.lab;

import dev.parley.config.DatabaseSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A PostgreSQL server of the test run's own: on loopback, a random port, a directory that goes
/// with the virtual machine.
public final class Postgres {
  private static final String USER = "parley";
  private static final String PASSWORD = "loopback-only";

  private final int port;

  private Postgres(int port) {
    this.port = port;
  }

  /// The server, started at the first call. Where it is not installed the test is skipped, or fails
  /// where the property `parley.tests.require` names it.
  public static Postgres running() {
    if (Holder.RUNNING == null) {
      return Foreign.absent("PostgreSQL (initdb and postgres)", "postgresql");
    }
    return Holder.RUNNING;
  }

  /// Settings of a fresh, empty database.
  public DatabaseSettings fresh(String name) {
    try (Connection connection = connect("postgres")) {
      connection.createStatement().execute("create database " + name);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return new DatabaseSettings("org.postgresql.ds.PGSimpleDataSource", url(name), USER, PASSWORD);
  }

  private String url(String name) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + name;
  }

  private Connection connect(String name) throws SQLException {
    return DriverManager.getConnection(url(name), USER, PASSWORD);
  }

  private static final class Holder {
    static final Postgres RUNNING = start();
  }

  private static Postgres start() {
    Path initdb = Foreign.find("initdb").orElse(null);
    Path postgres = Foreign.find("postgres").orElse(null);
    if (initdb == null || postgres == null) {
      return null;
    }
    try {
      Path dir = Files.createTempDirectory("parley-postgres");
      Path password = Files.writeString(dir.resolve("password"), PASSWORD);
      boolean root = "root".equals(System.getProperty("user.name"));
      if (root) {
        var users = dir.getFileSystem().getUserPrincipalLookupService();
        Files.setOwner(dir, users.lookupPrincipalByName("postgres"));
        Files.setOwner(password, users.lookupPrincipalByName("postgres"));
      }
      String data = dir.resolve("data").toString();
      run(
              dir,
              root,
              List.of(
                  initdb.toString(),
                  "-D",
                  data,
                  "-U",
                  USER,
                  "-A",
                  "scram-sha-256",
                  "--pwfile",
                  password.toString(),
                  "-E",
                  "UTF8",
                  "--locale=C.UTF-8",
                  "-N"))
          .waitFor();
      int port = Ports.free();
      Process server =
          run(
              dir,
              root,
              List.of(
                  postgres.toString(),
                  "-D",
                  data,
                  "-p",
                  String.valueOf(port),
                  "-k",
                  dir.toString(),
                  "-c",
                  "listen_addresses=127.0.0.1",
                  "-c",
                  "fsync=off"));
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, dir)));
      Postgres running = new Postgres(port);
      running.await(server, dir);
      return running;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /// PostgreSQL refuses to run as root.
  private static Process run(Path dir, boolean root, List<String> command) throws IOException {
    List<String> all = new ArrayList<>();
    if (root) {
      all.addAll(
          List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--"));
    }
    all.addAll(command);
    return new ProcessBuilder(all)
        .directory(dir.toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(dir.resolve("log").toFile()))
        .start();
  }

  private void await(Process server, Path dir) throws IOException, InterruptedException {
    while (true) {
      try (Connection connection = connect("postgres")) {
        connection.createStatement().execute("select 1");
        return;
      } catch (SQLException e) {
        if (!server.isAlive()) {
          throw new IllegalStateException(Files.readString(dir.resolve("log")), e);
        }
        Thread.sleep(50);
      }
    }
  }

  private static void stop(Process server, Path dir) {
    try {
      // SIGINT would be its fast stop; with no client left SIGTERM is as good.
      server.destroy();
      if (!server.waitFor(5, TimeUnit.SECONDS)) {
        server.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
      }
      try (Stream<Path> files = Files.walk(dir)) {
        files.sorted((a, b) -> b.compareTo(a)).forEach(file -> file.toFile().delete());
      }
    } catch (IOException e) {
      System.err.println("left behind: " + dir);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
