package dev.parley.identity;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class PasswordHashTest {
  /// From the test programme of the reference implementation (phc-winner-argon2).
  private static final String REFERENCE =
      "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";

  @Test
  void agreesWithTheReferenceImplementation() throws IdentityRefused {
    assertTrue(PasswordHash.matches("password", REFERENCE));
    assertFalse(PasswordHash.matches("Password", REFERENCE));
  }

  @Test
  void writesTheParametersOfTodayAndAFreshSalt() throws IdentityRefused {
    String hash = PasswordHash.of("correct horse");
    assertTrue(hash.startsWith("$argon2id$v=19$m=19456,t=2,p=1$"), hash);
    assertTrue(PasswordHash.matches("correct horse", hash));
    assertFalse(PasswordHash.matches("correct horse ", hash));
    assertNotEquals(hash, PasswordHash.of("correct horse"));
    assertFalse(PasswordHash.isWeak(hash));
    assertTrue(PasswordHash.isWeak(PasswordHash.ofCost("correct horse", 64)));
  }

  @Test
  void takesAccentsHoweverTheyAreTyped() throws IdentityRefused {
    assertTrue(PasswordHash.matches("cafe\u0301-creme", PasswordHash.of("caf\u00e9-creme")));
  }

  @Test
  void ordersNoGigabytesForAForgedRow() {
    for (String forged :
        List.of(
            "",
            "plain",
            REFERENCE.replace("m=65536", "m=99999999"),
            REFERENCE.replace("argon2id", "argon2i"))) {
      assertThrows(IllegalStateException.class, () -> PasswordHash.matches("x", forged));
    }
  }
}
