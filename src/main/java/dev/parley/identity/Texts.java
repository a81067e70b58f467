package dev.parley.identity;

import java.security.SecureRandom;
import java.util.Optional;
import java.util.stream.Collectors;

/// What people type and what is made up for them.
final class Texts {
  /// No `i l o 0 1`, which people mistake for each other: 31 letters, 4.95 bits each.
  private static final String ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";

  private static final SecureRandom RANDOM = new SecureRandom();

  private Texts() {}

  /// A text of one line that shows something.
  static Optional<String> line(String text, int longest) {
    return Optional.ofNullable(text)
        .map(String::strip)
        .filter(t -> !t.isEmpty() && t.length() <= longest)
        .filter(t -> t.codePoints().noneMatch(Character::isISOControl));
  }

  /// Random letters and digits that can be read aloud.
  static String random(int length) {
    return RANDOM
        .ints(length, 0, ALPHABET.length())
        .mapToObj(i -> String.valueOf(ALPHABET.charAt(i)))
        .collect(Collectors.joining());
  }

  /// Random octets.
  static byte[] octets(int count) {
    byte[] octets = new byte[count];
    RANDOM.nextBytes(octets);
    return octets;
  }
}
