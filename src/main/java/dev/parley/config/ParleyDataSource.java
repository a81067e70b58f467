package dev.parley.config;

import java.io.IOException;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.List;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/// The data source that `web.xml` names: the database the settings name, H2 in the data directory
/// where they name none. It does not pool; the container's pool stands before it.
///
/// Settings are read at the first connection, since the container makes the object while it still
/// reads `web.xml`. Thread-safe.
public final class ParleyDataSource implements DataSource {
  private final DatabaseSettings given;
  private volatile DataSource vendor;

  /// For the container: settings come from MicroProfile Config.
  public ParleyDataSource() {
    this(null);
  }

  /// For who has the settings at hand.
  public ParleyDataSource(DatabaseSettings settings) {
    this.given = settings;
  }

  @Override
  public Connection getConnection() throws SQLException {
    return vendor().getConnection();
  }

  /// Connects as the user of the settings: containers pass whatever stands in their own defaults.
  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    return getConnection();
  }

  private DataSource vendor() throws SQLException {
    DataSource made = vendor;
    if (made == null) {
      synchronized (this) {
        made = vendor;
        if (made == null) {
          made = make(given != null ? given : settings());
          vendor = made;
        }
      }
    }
    return made;
  }

  private static DatabaseSettings settings() throws SQLException {
    // By class loader: Payara's pool connects on threads without a context class loader.
    Config config = ConfigProvider.getConfig(ParleyDataSource.class.getClassLoader());
    try {
      // JPA connects before boot opens the secrets; H2 would make the directory for all to read.
      SecretFile.directory(DataSettings.read(config).dir());
    } catch (IOException e) {
      throw new SQLException("cannot make the data directory", e);
    }
    return DatabaseSettings.read(config);
  }

  private static DataSource make(DatabaseSettings settings) throws SQLException {
    try {
      Class<?> type =
          Class.forName(settings.className(), true, ParleyDataSource.class.getClassLoader());
      DataSource made = type.asSubclass(DataSource.class).getDeclaredConstructor().newInstance();
      // H2 and PostgreSQL know all three; JDBC fixes user and password, and url by custom.
      type.getMethod("setUrl", String.class).invoke(made, settings.url());
      type.getMethod("setUser", String.class).invoke(made, settings.user());
      type.getMethod("setPassword", String.class).invoke(made, settings.password());
      return made;
    } catch (ReflectiveOperationException | ClassCastException e) {
      throw new SQLException(Key.DS_CLASS.key() + " cannot be used: " + settings.className(), e);
    }
  }

  /// Takes back the drivers that classes of this application registered with the JDK; without it a
  /// redeploy keeps the old class loader alive. Call it last, when no connection is open any more.
  public static void deregisterDrivers() {
    ClassLoader own = ParleyDataSource.class.getClassLoader();
    List<Driver> drivers =
        DriverManager.drivers().filter(d -> d.getClass().getClassLoader() == own).toList();
    for (Driver driver : drivers) {
      try {
        DriverManager.deregisterDriver(driver);
      } catch (SQLException | SecurityException e) {
        System.getLogger(ParleyDataSource.class.getName())
            .log(System.Logger.Level.WARNING, "cannot deregister " + driver.getClass().getName());
      }
    }
  }

  @Override
  public PrintWriter getLogWriter() throws SQLException {
    return vendor().getLogWriter();
  }

  @Override
  public void setLogWriter(PrintWriter out) throws SQLException {
    vendor().setLogWriter(out);
  }

  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    vendor().setLoginTimeout(seconds);
  }

  @Override
  public int getLoginTimeout() throws SQLException {
    return vendor().getLoginTimeout();
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return type.isInstance(this) ? type.cast(this) : vendor().unwrap(type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return type.isInstance(this) || vendor().isWrapperFor(type);
  }
}
