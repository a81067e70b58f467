package dev.parley.config;

import org.eclipse.microprofile.config.Config;

/// Which database, as the four properties every JDBC data source has.
///
/// @param className class of the data source
/// @param url JDBC URL
/// @param user user of the database
/// @param password its password, may be empty
public record DatabaseSettings(String className, String url, String user, String password) {
  private static final String H2 = "org.h2.jdbcx.JdbcDataSource";

  /// What the embedded database is opened with:
  /// - `WRITE_DELAY=0`: a commit is in the file before it returns. With H2's default of 500 ms a
  ///   killed process loses the last half second.
  /// - `TRACE_LEVEL_FILE=0`: no trace file, in which H2 would write statements that failed.
  /// - no `AUTO_SERVER`, so no TCP port; one process at a time, H2 locks the file.
  private static final String H2_OPTIONS = ";WRITE_DELAY=0;TRACE_LEVEL_FILE=0";

  public DatabaseSettings {
    if (!url.startsWith("jdbc:")) {
      throw Key.DS_URL.refused("is not a JDBC URL");
    }
    if (className.startsWith("org.h2.") != url.startsWith("jdbc:h2:")) {
      throw Key.DS_URL.refused("does not go with " + Key.DS_CLASS.key() + " " + className);
    }
  }

  public static DatabaseSettings read(Config config) {
    return new DatabaseSettings(
        Key.DS_CLASS.in(config).orElse(H2),
        Key.DS_URL.in(config).orElseGet(() -> embedded(DataSettings.read(config)).url()),
        Key.DS_USER.in(config).orElse(Key.DS_USER.defaultText()),
        Key.DS_PASSWORD.in(config).orElse(""));
  }

  /// The embedded database in a data directory.
  public static DatabaseSettings embedded(DataSettings data) {
    return new DatabaseSettings(
        H2, "jdbc:h2:file:" + data.dir().resolve("parley") + H2_OPTIONS, "sa", "");
  }

  /// Without the password, which may also stand in the URL.
  @Override
  public String toString() {
    return "DatabaseSettings[" + className + "]";
  }
}
