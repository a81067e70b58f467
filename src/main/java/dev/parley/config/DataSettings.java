package dev.parley.config;

import java.nio.file.Path;
import org.eclipse.microprofile.config.Config;

/// Where data lives.
///
/// @param dir the data directory, absolute
public record DataSettings(Path dir) {
  public DataSettings {
    dir = dir.toAbsolutePath().normalize();
    // A semicolon separates options in the URL of the embedded database.
    if (dir.toString().contains(";")) {
      throw Key.DATA_DIR.refused("must not contain a semicolon");
    }
  }

  public static DataSettings read(Config config) {
    return new DataSettings(Path.of(Key.DATA_DIR.in(config).orElse(Key.DATA_DIR.defaultText())));
  }
}
