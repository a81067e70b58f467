package dev.parley.lab;

import dev.parley.config.DataSettings;
import dev.parley.config.IdentitySettings;
import dev.parley.config.Secrets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// Secrets of an installation as settings give them, so that nothing is read or kept.
public final class GivenSecrets {
  /// The id of the one API key.
  public static final String KEY = "app";

  /// The secret of the one API key.
  public static final String SECRET = "0123456789abcdef0123456789abcdef";

  /// The secret of the installation, where a test names no other.
  public static final String MASTER = SECRET + "master";

  private GivenSecrets() {}

  public static Secrets of() {
    return of(MASTER);
  }

  /// @param master the secret of the installation
  public static Secrets of(String master) {
    return Secrets.open(new DataSettings(Path.of("target")), settings(master));
  }

  public static IdentitySettings settings(String master) {
    return new IdentitySettings(Map.of(KEY, SECRET), Optional.of(master), Optional.empty());
  }
}
