package dev.parley.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.function.Function;

/// JSON Web Tokens (RFC 7519) with HMAC-SHA256 and nothing else (RFC 8725, section 3.1: the
/// algorithm is ours to choose, not the token's).
final class Jwt {
  /// Longer texts are not even parsed. HTTP servers stop at about this size, too.
  static final int MAX_LENGTH = 8192;

  /// How far another machine's clock may run ahead of ours: it stamps `nbf` with its own now.
  static final Duration SKEW = Duration.ofSeconds(60);

  private Jwt() {}

  static String sign(JWTClaimsSet claims, byte[] secret) {
    try {
      SignedJWT jwt = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
      jwt.sign(new MACSigner(secret));
      return jwt.serialize();
    } catch (JOSEException e) {
      throw new IllegalArgumentException("the secret cannot sign HS256", e);
    }
  }

  /// The claims of a token whose signature and times are right.
  ///
  /// @param secrets the secret of an issuer, null where it is unknown
  static JWTClaimsSet verify(String token, Function<String, byte[]> secrets, Instant now)
      throws TokenRefused {
    if (token == null || token.isBlank()) {
      throw new TokenRefused(TokenRefused.Reason.MISSING, "an access token is needed");
    }
    SignedJWT jwt = parse(token);
    JWTClaimsSet claims = claims(jwt);
    String issuer = claims.getIssuer();
    byte[] secret = issuer == null ? null : secrets.apply(issuer);
    if (secret == null) {
      throw new TokenRefused(TokenRefused.Reason.UNKNOWN_KEY, "the token's issuer is not known");
    }
    signature(jwt, secret);
    times(claims, now);
    return claims;
  }

  private static SignedJWT parse(String token) throws TokenRefused {
    if (token.length() > MAX_LENGTH) {
      throw malformed("the token is too long");
    }
    try {
      SignedJWT jwt = SignedJWT.parse(token);
      if (!JWSAlgorithm.HS256.equals(jwt.getHeader().getAlgorithm())) {
        throw malformed("the token is not signed with HS256");
      }
      if (jwt.getHeader().getCriticalParams() != null) {
        throw malformed("the token has critical extensions");
      }
      return jwt;
    } catch (ParseException | RuntimeException e) {
      throw malformed("the token is not a signed JWT");
    }
  }

  private static JWTClaimsSet claims(SignedJWT jwt) throws TokenRefused {
    try {
      JWTClaimsSet claims = jwt.getJWTClaimsSet();
      if (claims != null) {
        return claims;
      }
    } catch (ParseException | RuntimeException e) {
      // Refused below.
    }
    throw malformed("the token's claims cannot be read");
  }

  private static void signature(SignedJWT jwt, byte[] secret) throws TokenRefused {
    boolean right;
    try {
      right = jwt.verify(new MACVerifier(secret));
    } catch (JOSEException e) {
      right = false;
    }
    if (!right) {
      throw new TokenRefused(TokenRefused.Reason.SIGNATURE, "the token's signature is wrong");
    }
  }

  private static void times(JWTClaimsSet claims, Instant now) throws TokenRefused {
    Date expires = claims.getExpirationTime();
    if (expires == null) {
      throw malformed("the token has no exp");
    }
    if (!now.isBefore(expires.toInstant())) {
      throw new TokenRefused(TokenRefused.Reason.EXPIRED, "the token has expired");
    }
    Date notBefore = claims.getNotBeforeTime();
    if (notBefore != null && now.plus(SKEW).isBefore(notBefore.toInstant())) {
      throw new TokenRefused(TokenRefused.Reason.NOT_YET_VALID, "the token is not valid yet");
    }
  }

  static TokenRefused malformed(String message) {
    return new TokenRefused(TokenRefused.Reason.MALFORMED, message);
  }
}
