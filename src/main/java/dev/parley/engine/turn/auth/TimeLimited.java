package dev.parley.engine.turn.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Time-limited credentials (draft-uberti-behave-turn-rest-00): the user name says until when, the
/// password is computed from it, and nothing is stored.
///
/// The user name is `expiry` or `expiry:name`, `expiry` being seconds since 1970 in decimal.
public final class TimeLimited {
  /// What [#expiry] says of a user name of another form.
  public static final long NOT = -1;

  /// More digits than any second before the sun burns out; longer ones are no time.
  private static final int MAX_DIGITS = 18;

  private TimeLimited() {}

  /// The password of a user name: base64 (RFC 4648, section 4, with padding) of HMAC-SHA1 over the
  /// UTF-8 of the user name, keyed with the UTF-8 of the secret.
  ///
  /// @param secret not empty
  public static String password(String secret, String username) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA1"));
      return Base64.getEncoder().encodeToString(mac.doFinal(username.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA1", e);
    }
  }

  /// Seconds since 1970 until which a user name is good, or [#NOT].
  public static long expiry(String username) {
    int colon = username.indexOf(':');
    int digits = colon < 0 ? username.length() : colon;
    if (digits < 1 || digits > MAX_DIGITS) {
      return NOT;
    }
    long expiry = 0;
    for (int i = 0; i < digits; i++) {
      char c = username.charAt(i);
      if (c < '0' || c > '9') {
        return NOT;
      }
      expiry = 10 * expiry + c - '0';
    }
    return expiry;
  }

  /// Whom quotas count a user name for: its name part, else the whole.
  public static String user(String username) {
    int colon = username.indexOf(':');
    boolean named = colon >= 0 && colon + 1 < username.length() && expiry(username) != NOT;
    return named ? username.substring(colon + 1) : username;
  }
}
