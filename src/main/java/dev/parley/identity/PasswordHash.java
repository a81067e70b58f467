package dev.parley.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/// Passwords as Argon2id (RFC 9106), written as PHC string
/// `$argon2id$v=19$m=19456,t=2,p=1$salt$hash`.
///
/// Thread-safe. Each hash takes 19 MiB and tens of milliseconds of a core, so only as many run at
/// once as there are cores; who waits too long is refused.
final class PasswordHash {
  /// OWASP's first choice of equal strength for servers: 19 MiB, two passes, one lane.
  private static final Cost COST = new Cost(19456, 2, 1);

  /// RFC 9106, section 3.1: 16 octets of salt are enough for passwords; section 4: a tag of 32.
  private static final int SALT = 16;

  private static final int TAG = 32;
  private static final int WAIT_SECONDS = 5;

  /// Bounds on what is read back, so that a forged row cannot order gigabytes.
  private static final Pattern PHC =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=(\\d{1,6}),t=(\\d{1,2}),p=(\\d)"
              + "\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{22,86})");

  private static final Base64.Encoder TO_TEXT = Base64.getEncoder().withoutPadding();
  private static final Semaphore CORES =
      new Semaphore(Runtime.getRuntime().availableProcessors(), true);

  private record Cost(int kibibytes, int passes, int lanes) {
    boolean below(Cost other) {
      return kibibytes < other.kibibytes || passes < other.passes || lanes < other.lanes;
    }
  }

  private PasswordHash() {}

  /// A fresh hash with the parameters of today.
  static String of(String password) throws IdentityRefused {
    return of(password, COST);
  }

  /// A hash weaker than that, for tests of the step upwards.
  static String ofCost(String password, int kibibytes) throws IdentityRefused {
    return of(password, new Cost(kibibytes, 1, 1));
  }

  private static String of(String password, Cost cost) throws IdentityRefused {
    byte[] salt = Texts.octets(SALT);
    byte[] tag = argon2(password, salt, cost, TAG);
    return "$argon2id$v=19$m="
        + cost.kibibytes()
        + ",t="
        + cost.passes()
        + ",p="
        + cost.lanes()
        + "$"
        + TO_TEXT.encodeToString(salt)
        + "$"
        + TO_TEXT.encodeToString(tag);
  }

  /// Whether this is the password, in time that does not depend on how much of it is right.
  static boolean matches(String password, String phc) throws IdentityRefused {
    Matcher parts = parts(phc);
    byte[] expected = Base64.getDecoder().decode(parts.group(5));
    byte[] salt = Base64.getDecoder().decode(parts.group(4));
    return MessageDigest.isEqual(expected, argon2(password, salt, cost(parts), expected.length));
  }

  /// As much work as [#matches], for names that do not exist.
  static void pretend(String password) throws IdentityRefused {
    argon2(password, new byte[SALT], COST, TAG);
  }

  /// Whether it was made with weaker parameters than those of today.
  static boolean isWeak(String phc) {
    return cost(parts(phc)).below(COST);
  }

  private static Matcher parts(String phc) {
    Matcher parts = PHC.matcher(phc);
    if (!parts.matches()) {
      throw new IllegalStateException("a stored password hash is not an Argon2id PHC string");
    }
    return parts;
  }

  private static Cost cost(Matcher parts) {
    return new Cost(
        Integer.parseInt(parts.group(1)),
        Integer.parseInt(parts.group(2)),
        Integer.parseInt(parts.group(3)));
  }

  private static byte[] argon2(String password, byte[] salt, Cost cost, int length)
      throws IdentityRefused {
    // RFC 8265, section 4.2.2: one way to spell letters with accents.
    byte[] octets =
        Normalizer.normalize(password, Normalizer.Form.NFC).getBytes(StandardCharsets.UTF_8);
    enter();
    try {
      Argon2BytesGenerator generator = new Argon2BytesGenerator();
      generator.init(
          new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
              .withVersion(Argon2Parameters.ARGON2_VERSION_13)
              .withMemoryAsKB(cost.kibibytes())
              .withIterations(cost.passes())
              .withParallelism(cost.lanes())
              .withSalt(salt)
              .build());
      byte[] tag = new byte[length];
      generator.generateBytes(octets, tag);
      return tag;
    } finally {
      CORES.release();
      Arrays.fill(octets, (byte) 0);
    }
  }

  private static void enter() throws IdentityRefused {
    try {
      if (CORES.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new IdentityRefused(IdentityRefused.Reason.BUSY, "too many logins at once, try again");
  }
}
