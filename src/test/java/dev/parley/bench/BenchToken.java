package dev.parley.bench;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Mints access tokens (JWT HS256, RFC 7519 and RFC 7515) as a company's own program would.
final class BenchToken {
  private final String id;
  private final SecretKeySpec key;

  /// @param idAndSecret an API key, `id:secret`
  BenchToken(String idAndSecret) {
    int colon = idAndSecret.indexOf(':');
    if (colon < 1) {
      throw new IllegalArgumentException("an API key is id:secret");
    }
    id = idAndSecret.substring(0, colon);
    key =
        new SecretKeySpec(
            idAndSecret.substring(colon + 1).getBytes(StandardCharsets.UTF_8), "HmacSHA256");
  }

  /// A token that may join one room for an hour, and make it.
  String join(String room, String identity, Instant now) {
    String claims =
        ("{\"iss\":\"%s\",\"sub\":\"%s\",\"name\":\"%s\",\"nbf\":%d,\"exp\":%d,"
                + "\"video\":{\"roomJoin\":true,\"roomCreate\":true,\"room\":\"%s\"}}")
            .formatted(
                id,
                identity,
                identity,
                now.getEpochSecond() - 5,
                now.getEpochSecond() + 3_600,
                room);
    String signed = base64("{\"alg\":\"HS256\",\"typ\":\"JWT\"}") + "." + base64(claims);
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      byte[] signature = mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII));
      return signed + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
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
