package dev.parley.lab;

import jakarta.json.Json;
import jakarta.json.JsonObject;
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

  public static String join(String key, String secret, String room, String name, Instant expires) {
    JsonObject claims =
        Json.createObjectBuilder()
            .add("iss", key)
            .add("sub", name)
            .add("name", name)
            .add("exp", expires.getEpochSecond())
            .add("video", Json.createObjectBuilder().add("roomJoin", true).add("room", room))
            .build();
    String head = base64("{\"alg\":\"HS256\",\"typ\":\"JWT\"}") + "." + base64(claims.toString());
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
