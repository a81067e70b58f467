package dev.parley.lab;

import dev.parley.config.DataSettings;
import dev.parley.config.DatabaseSettings;
import dev.parley.config.Migrations;
import dev.parley.config.ParleyDataSource;
import dev.parley.config.Transactions;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.EntityTransaction;
import jakarta.persistence.Persistence;
import jakarta.persistence.PersistenceException;
import jakarta.persistence.RollbackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.sql.DataSource;

/// A real database with the real tables and the real persistence unit, without a container.
public final class Database implements Transactions, AutoCloseable {
  /// The databases Parley is tested with.
  public enum Kind {
    H2 {
      @Override
      Database open() {
        Path dir = temporary();
        return new Database(DatabaseSettings.embedded(new DataSettings(dir)), dir);
      }
    },
    POSTGRESQL {
      @Override
      Database open() {
        return new Database(Postgres.running().fresh("t" + FRESH.incrementAndGet()), null);
      }
    };

    abstract Database open();
  }

  private static final AtomicInteger FRESH = new AtomicInteger();

  private final DataSource source;

  /// Held like a pool would: the embedded database closes with its last connection.
  private final Connection held;

  private final EntityManagerFactory factory;

  /// What goes with the database, or null.
  private final Path litter;

  /// Opens a database and migrates it.
  ///
  /// @param litter a directory to delete at the end, or null
  private Database(DatabaseSettings settings, Path litter) {
    this.litter = litter;
    source = new ParleyDataSource(settings);
    try {
      held = source.getConnection();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    Migrations.migrate(source);
    factory =
        Persistence.createEntityManagerFactory(
            "parley",
            Map.of(
                "jakarta.persistence.transactionType", "RESOURCE_LOCAL",
                "jakarta.persistence.jtaDataSource", "",
                "jakarta.persistence.nonJtaDataSource", source));
  }

  /// A fresh database of a kind; close it.
  public static Database fresh(Kind kind) {
    return kind.open();
  }

  /// The embedded database in a directory.
  public static Database embedded(Path dir) {
    return new Database(DatabaseSettings.embedded(new DataSettings(dir)), null);
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("parley-h2");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  public DataSource source() {
    return source;
  }

  /// What the container's JTA does for the real one: begin, commit, and roll back what throws.
  @Override
  public <T, X extends Exception> T call(Work<T, X> work) throws X {
    try (EntityManager entities = factory.createEntityManager()) {
      EntityTransaction transaction = entities.getTransaction();
      transaction.begin();
      try {
        T result = work.in(entities);
        entities.flush();
        transaction.commit();
        return result;
      } catch (RollbackException e) {
        throw e.getCause() instanceof PersistenceException cause ? cause : e;
      } finally {
        if (transaction.isActive()) {
          transaction.rollback();
        }
      }
    }
  }

  @Override
  public void close() {
    factory.close();
    try {
      held.close();
      if (litter != null) {
        try (Stream<Path> files = Files.walk(litter)) {
          files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        }
      }
    } catch (SQLException | IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
