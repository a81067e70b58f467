package dev.parley.protocol.ice;

/// The alphabet of foundations, user name fragments and passwords: ice-char of RFC 8839, section
/// 5.4.
final class IceChars {
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

  private IceChars() {}

  /// The ice-char of a number, of which the lowest six bits count.
  static char of(int number) {
    return ALPHABET.charAt(number & 63);
  }

  /// Whether a text is made of so many ice-chars.
  static boolean are(String text, int least, int most) {
    if (text.length() < least || text.length() > most) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
      if (!letter && (c < '0' || c > '9') && c != '+' && c != '/') {
        return false;
      }
    }
    return true;
  }
}
