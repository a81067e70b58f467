package dev.parley.config;

import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/// Brings the tables of a database to what this version expects, before anything else asks it.
public final class Migrations {
  /// Held, or the log manager forgets the level with the logger.
  private static final Logger FLYWAY = Logger.getLogger("org.flywaydb");

  private Migrations() {}

  /// Runs the missing scripts of `db/migration`; several nodes that start at once wait for each
  /// other. Must not run inside a transaction of the container.
  public static void migrate(DataSource database) {
    // Its messages of success name the database's URL.
    FLYWAY.setLevel(Level.WARNING);
    Flyway.configure(Migrations.class.getClassLoader())
        .dataSource(database)
        .locations("classpath:db/migration")
        .load()
        .migrate();
  }
}
