package dev.parley.config;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The secrets of this installation: one master secret and the API keys that settings or the data
/// directory give. Thread-safe.
public final class Secrets {
  private static final String HMAC = "HmacSHA256";
  private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

  private final SecretKeySpec master;
  private final Map<String, String> keys;

  private Secrets(byte[] master, Map<String, String> keys) {
    this.master = new SecretKeySpec(master, HMAC);
    this.keys = Map.copyOf(keys);
  }

  /// Reads the secrets of a data directory and makes those that are missing.
  public static Secrets open(DataSettings data, IdentitySettings identity) {
    SecureRandom random = new SecureRandom();
    String master =
        identity
            .secret()
            .orElseGet(
                () ->
                    new SecretFile(data.dir().resolve("secret"))
                        .readOrCreate(() -> text(random, IdentitySettings.SECRET_OCTETS)));
    Map<String, String> keys = identity.keys();
    if (keys.isEmpty()) {
      String pair =
          new SecretFile(data.dir().resolve("api-key"))
              .readOrCreate(() -> "parley-" + text(random, 6) + ":" + text(random, 32));
      // The same checks as for keys from settings: somebody may have edited the file.
      keys =
          new IdentitySettings(
                  IdentitySettings.pairs(pair), identity.secret(), identity.adminPassword())
              .keys();
    }
    return new Secrets(master.getBytes(StandardCharsets.UTF_8), keys);
  }

  /// 32 octets for one purpose, HMAC-SHA256(master secret, purpose).
  public byte[] derive(String purpose) {
    return derive(master, purpose);
  }

  /// A secret made of another one for one purpose, base64url without padding.
  static String deriveText(String secret, String purpose) {
    byte[] octets = secret.getBytes(StandardCharsets.UTF_8);
    return BASE64URL.encodeToString(derive(new SecretKeySpec(octets, HMAC), purpose));
  }

  private static byte[] derive(SecretKeySpec key, String purpose) {
    try {
      // A Mac is not thread-safe.
      Mac mac = Mac.getInstance(HMAC);
      mac.init(key);
      return mac.doFinal(purpose.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + HMAC, e);
    }
  }

  /// The same as text, base64url without padding.
  public String deriveText(String purpose) {
    return BASE64URL.encodeToString(derive(purpose));
  }

  /// Secrets of the API keys that need no database, by id.
  public Map<String, String> keys() {
    return keys;
  }

  private static String text(SecureRandom random, int octets) {
    byte[] fresh = new byte[octets];
    random.nextBytes(fresh);
    return BASE64URL.encodeToString(fresh);
  }

  /// Nothing secret.
  @Override
  public String toString() {
    return "Secrets";
  }
}
