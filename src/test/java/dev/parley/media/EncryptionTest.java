package dev.parley.media;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class EncryptionTest {
  @Test
  void whatMustMayOrMayNotBeEncrypted() {
    assertTrue(Encryption.OFF.permits(false));
    assertFalse(Encryption.OFF.permits(true));
    assertTrue(Encryption.ALLOWED.permits(false));
    assertTrue(Encryption.ALLOWED.permits(true));
    assertFalse(Encryption.REQUIRED.permits(false));
    assertTrue(Encryption.REQUIRED.permits(true));
  }
}
