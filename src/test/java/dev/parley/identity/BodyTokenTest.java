package dev.parley.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class BodyTokenTest {
  @Test
  void hasTheHashOfTheBodyAndNoGrant() throws Exception {
    byte[] secret = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    Instant now = Instant.parse("2026-01-02T03:04:05Z");
    // FIPS 180-2, appendix B.1: the hash of "abc".
    byte[] body = "abc".getBytes(StandardCharsets.US_ASCII);
    var jwt = SignedJWT.parse(BodyToken.mint("app", secret, body, now));
    assertEquals(true, jwt.verify(new MACVerifier(secret)));
    var claims = jwt.getJWTClaimsSet();
    assertEquals("app", claims.getIssuer());
    assertEquals("ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=", claims.getClaim("sha256"));
    assertEquals(now.plusSeconds(300), claims.getExpirationTime().toInstant());
    assertEquals(now, claims.getNotBeforeTime().toInstant());
    assertEquals(4, claims.getClaims().size());
  }
}
