package dev.parley.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.Optional;

/// Names and keys of the long-term credential mechanism (RFC 8489, sections 9.2.2, 14.4 and 18.5).
final class TurnNames {
  /// RFC 8489, section 14.3: a USERNAME has fewer than 509 octets.
  private static final int USERNAME_OCTETS = 508;

  private TurnNames() {}

  /// The OpaqueString profile of RFC 8265, section 4.2: no control characters, every space is the
  /// one of ASCII, normalization form C; letters keep their case. Empty where nothing is left or it
  /// is too long for a USERNAME.
  static Optional<String> opaque(String text) {
    if (text == null || text.codePoints().anyMatch(Character::isISOControl)) {
      return Optional.empty();
    }
    String spaced = text.replaceAll("\\p{Zs}", " ");
    String normal = Normalizer.normalize(spaced, Normalizer.Form.NFC);
    return normal.isEmpty() || octets(normal).length > USERNAME_OCTETS
        ? Optional.empty()
        : Optional.of(normal);
  }

  /// The key of MESSAGE-INTEGRITY with password algorithm MD5, which browsers use.
  static byte[] md5(String username, String realm, String password) {
    return digest("MD5", username + ":" + realm + ":" + password);
  }

  /// The key of password algorithm SHA-256.
  static byte[] sha256(String username, String realm, String password) {
    return digest("SHA-256", username + ":" + realm + ":" + password);
  }

  /// What a client sends instead of its name.
  static byte[] userhash(String username, String realm) {
    return digest("SHA-256", username + ":" + realm);
  }

  private static byte[] digest(String algorithm, String text) {
    try {
      return MessageDigest.getInstance(algorithm).digest(octets(text));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has " + algorithm, e);
    }
  }

  private static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
