package dev.parley.lab;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Access tokens as an application next to Parley mints them: JWT (RFC 7519) with HS256, written
/// from the RFC so that tests do not believe the server's own signer.
public final class SignedToken {
  private SignedToken() {}

  /// A token that lets someone join one room.
  ///
  /// @param name identity and display name; like the others without characters that JSON escapes
  public static String join(String key, String secret, String room, String name, Instant expires) {
    return join(key, secret, room, name, expires, "");
  }

  /// The same with more grants, each as `,"hidden":true`.
  public static String join(
      String key, String secret, String room, String name, Instant expires, String grants) {
    String claims =
        "{\"iss\":\"%s\",\"sub\":\"%s\",\"name\":\"%s\",\"exp\":%d,\"video\":{\"roomJoin\":true,\"room\":\"%s\"%s}}"
            .formatted(key, name, name, expires.getEpochSecond(), room, grants);
    String head = base64("{\"alg\":\"HS256\",\"typ\":\"JWT\"}") + "." + base64(claims);
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      byte[] signature = mac.doFinal(head.getBytes(StandardCharsets.US_ASCII));
      return head + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
