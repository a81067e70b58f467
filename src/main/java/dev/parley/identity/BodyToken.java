package dev.parley.identity;

import com.nimbusds.jwt.JWTClaimsSet;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;

/// The signature of a request's body as LiveKit's webhooks have it: an access token that grants
/// nothing and has the base64 of the body's SHA-256 in the claim `sha256`.
public final class BodyToken {
  /// Receivers with a clock that is wrong by a minute or two take it all the same.
  static final Duration LIFETIME = Duration.ofMinutes(5);

  private BodyToken() {}

  /// @param key id of the API key
  /// @param secret its secret, at least 32 octets
  public static String mint(String key, byte[] secret, byte[] body, Instant now) {
    return Jwt.sign(
        new JWTClaimsSet.Builder()
            .issuer(key)
            .claim("sha256", Base64.getEncoder().encodeToString(sha256(body)))
            .notBeforeTime(Date.from(now))
            .expirationTime(Date.from(now.plus(LIFETIME)))
            .build(),
        secret);
  }

  private static byte[] sha256(byte[] body) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(body);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
