package dev.parley.config;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/// Who vouches for people.
///
/// @param keys secrets of the API keys by id; empty: the one in the data directory
/// @param secret the master secret, where it is set
/// @param adminPassword password of the first administrator, where it is set
public record IdentitySettings(
    Map<String, String> keys, Optional<String> secret, Optional<String> adminPassword) {
  /// RFC 7518, section 3.2: a key of at least the size of the hash must be used with HS256.
  public static final int SECRET_OCTETS = 32;

  /// RFC 8265 leaves it to us; NIST SP 800-63B, section 3.1.1.2 asks for at least eight.
  public static final int PASSWORD_LENGTH = 8;

  public IdentitySettings {
    keys = Map.copyOf(keys);
    keys.forEach(IdentitySettings::check);
    if (secret.isPresent() && octets(secret.get()) < SECRET_OCTETS) {
      throw Key.SECRET.refused("must have at least " + SECRET_OCTETS + " octets");
    }
    if (adminPassword.isPresent() && adminPassword.get().length() < PASSWORD_LENGTH) {
      throw Key.ADMIN_PASSWORD.refused("must have at least " + PASSWORD_LENGTH + " characters");
    }
  }

  public static IdentitySettings read(Config config) {
    return new IdentitySettings(
        Key.KEYS.in(config).map(IdentitySettings::pairs).orElse(Map.of()),
        Key.SECRET.in(config),
        Key.ADMIN_PASSWORD.in(config));
  }

  /// The pairs of `id:secret[,id:secret]`.
  static Map<String, String> pairs(String text) {
    Map<String, String> keys = new LinkedHashMap<>();
    for (String pair : text.split(",")) {
      int colon = pair.indexOf(':');
      if (colon < 1) {
        // Not the pair itself: half of it is a secret.
        throw Key.KEYS.refused("is not of the form id:secret[,id:secret]");
      }
      String id = pair.substring(0, colon).strip();
      if (keys.put(id, pair.substring(colon + 1).strip()) != null) {
        throw Key.KEYS.refused("names " + id + " twice");
      }
    }
    return keys;
  }

  private static void check(String id, String secret) {
    if (!id.matches("[A-Za-z0-9._-]{1,64}")) {
      throw Key.KEYS.refused("has an id that is not 1 to 64 of A-Z a-z 0-9 . _ -");
    }
    if (octets(secret) < SECRET_OCTETS) {
      throw Key.KEYS.refused(
          "has a secret shorter than " + SECRET_OCTETS + " octets (RFC 7518, section 3.2): " + id);
    }
  }

  private static int octets(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /// The ids only.
  @Override
  public String toString() {
    return "IdentitySettings" + keys.keySet();
  }
}
