package dev.parley.signal;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.random.RandomGenerator;

/// Makes ids of participants and session secrets of 144 random bits.
public final class Ids {
  private final RandomGenerator random;

  /// @param random a secure one outside of tests
  public Ids(RandomGenerator random) {
    this.random = random;
  }

  public static Ids secure() {
    return new Ids(new SecureRandom());
  }

  /// A participant's: `PA_` and what [#next] makes.
  String participant() {
    return "PA_" + next();
  }

  /// A track's that is named before it is there: `TR_` and what [#next] makes.
  String track() {
    return "TR_" + next();
  }

  /// The next one: 24 characters of the URL-safe base64 alphabet (RFC 4648, section 5).
  public String next() {
    var octets = new byte[18];
    random.nextBytes(octets);
    return Base64.getUrlEncoder().encodeToString(octets);
  }
}
