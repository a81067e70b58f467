package dev.parley.incontainer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.config.DatabaseSettings;
import dev.parley.lab.Postgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Parley on a PostgreSQL instead of the embedded database. Where there is none the test is left
/// out with a word, or fails where `parley.tests.require` names `postgresql`.
class PostgresIT {
  @TempDir Path directory;

  @Test
  void aPostgresqlGetsTheTablesAndKeepsWhatIsInThem() throws Exception {
    var database = Postgres.running().fresh("survival");
    String[] settings = settings(database);
    assertEquals(Set.of(), tables(database));
    String password;
    try (var server = ParleyServer.startIn(directory, settings)) {
      password = server.adminPassword();
      try (var admin = Administrator.of(server, password)) {
        assertEquals(201, admin.makeRoom("one", "members"));
        assertEquals(201, admin.makeRoom("two", "open"));
        assertEquals(409, admin.makeRoom("two", "open"));
      }
    }
    assertTrue(tables(database).containsAll(Set.of("room", "account")), tables(database) + "");
    try (var again = ParleyServer.startIn(directory, settings);
        var admin = Administrator.of(again, password)) {
      assertEquals(Set.of("one", "two"), admin.rooms());
      assertThrows(IllegalStateException.class, again::adminPassword);
    }
    assertEquals(List.of(), embedded());
  }

  private static String[] settings(DatabaseSettings database) {
    return new String[] {
      "parley.ds.class=" + database.className(),
      "parley.ds.url=" + database.url(),
      "parley.ds.user=" + database.user(),
      "parley.ds.password=" + database.password()
    };
  }

  private static Set<String> tables(DatabaseSettings database) throws SQLException {
    var names = new TreeSet<String>();
    try (var connection =
            DriverManager.getConnection(database.url(), database.user(), database.password());
        var rows =
            connection.getMetaData().getTables(null, "public", "%", new String[] {"TABLE"})) {
      while (rows.next()) {
        names.add(rows.getString("TABLE_NAME"));
      }
    }
    return names;
  }

  /// Files of an embedded database.
  private List<Path> embedded() throws IOException {
    try (var files = Files.walk(directory)) {
      return files.filter(file -> file.getFileName().toString().endsWith(".db")).toList();
    }
  }
}
