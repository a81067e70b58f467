package dev.parley.lab;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// A time-limited credential, made as a foreign application makes it: the user is `expiry:name`,
/// the password base64(HMAC-SHA1(secret, user)).
public record TurnCredential(String user, String password) {
  /// One that is good for an hour.
  public static TurnCredential of(String secret, String name) {
    return of(secret, name, Instant.now().plusSeconds(3600));
  }

  public static TurnCredential of(String secret, String name, Instant expiry) {
    String user = expiry.getEpochSecond() + ":" + name;
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
      byte[] password = mac.doFinal(user.getBytes(StandardCharsets.UTF_8));
      return new TurnCredential(user, Base64.getEncoder().encodeToString(password));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The long-term key of a realm: MD5(user ":" realm ":" password) (RFC 8489, section 9.2.2).
  public byte[] key(String realm) {
    try {
      String text = user + ":" + realm + ":" + password;
      return MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
