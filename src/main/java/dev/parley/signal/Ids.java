package dev.parley.signal;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.random.RandomGenerator;

/// Makes participant ids and session secrets of 144 random bits.
public final class Ids {
  private final RandomGenerator random;

  /// @param random a secure one outside of tests
  public Ids(RandomGenerator random) {
    this.random = random;
  }

  public static Ids secure() {
    return new Ids(new SecureRandom());
  }

  /// The next one: 24 characters of the URL-safe base64 alphabet (RFC 4648, section 5).
  public String next() {
    var octets = new byte[18];
    random.nextBytes(octets);
    return Base64.getUrlEncoder().encodeToString(octets);
  }
}
