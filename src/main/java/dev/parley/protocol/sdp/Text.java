package dev.parley.protocol.sdp;

import java.util.ArrayList;
import java.util.List;

/// The small grammar that the lines of a session description share (RFC 8866, section 9).
final class Text {
  /// Most fields of one line: above a section with every payload type there is.
  private static final int MAX_FIELDS = 512;

  private Text() {}

  /// What stands between spaces; never empty fields, leading and trailing spaces are forgiven.
  static List<String> fields(String text) throws BadValue {
    return split(text, ' ');
  }

  /// What stands between a separator; empty parts are left out.
  static List<String> split(String text, char separator) throws BadValue {
    List<String> parts = new ArrayList<>();
    int from = 0;
    while (from < text.length()) {
      int end = text.indexOf(separator, from);
      end = end < 0 ? text.length() : end;
      if (end > from) {
        parts.add(text.substring(from, end));
        BadValue.unless(parts.size() <= MAX_FIELDS);
      }
      from = end + 1;
    }
    return parts;
  }

  /// A decimal number of 0 to a greatest.
  static long number(String text, long greatest) throws BadValue {
    BadValue.unless(!text.isEmpty() && text.length() <= 19);
    long number = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = text.charAt(i) - '0';
      BadValue.unless(digit >= 0 && digit <= 9 && number <= (greatest - digit) / 10);
      number = number * 10 + digit;
    }
    BadValue.unless(number <= greatest);
    return number;
  }

  static int payloadType(String text) throws BadValue {
    return (int) number(text, 127);
  }

  static long ssrc(String text) throws BadValue {
    return number(text, 0xffff_ffffL);
  }

  /// A token of this length at most (RFC 8866, section 9); visible characters are all let pass, as
  /// implementations do.
  static String token(String text, int longest) throws BadValue {
    BadValue.unless(isToken(text, longest));
    return text;
  }

  static boolean isToken(String text, int longest) {
    return !text.isEmpty() && text.length() <= longest && text.chars().allMatch(Text::visible);
  }

  private static boolean visible(int c) {
    return c > ' ' && c < 0x7f;
  }

  /// ice-char of RFC 8839, section 5.4.
  static String iceChars(String text, int shortest) throws BadValue {
    BadValue.unless(
        text.length() >= shortest
            && text.length() <= 256
            && text.chars().allMatch(c -> alphanumeric(c) || c == '+' || c == '/'));
    return text;
  }

  /// rid-id of RFC 8851, section 10.
  static String rid(String text) throws BadValue {
    BadValue.unless(
        !text.isEmpty()
            && text.length() <= 32
            && text.chars().allMatch(c -> alphanumeric(c) || c == '-' || c == '_'));
    return text;
  }

  private static boolean alphanumeric(int c) {
    return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
  }

  /// A value outside its attribute's grammar; the reader knows the line.
  static final class BadValue extends Exception {
    private static final long serialVersionUID = 1L;
    private static final BadValue ONLY = new BadValue();

    private BadValue() {
      super("value", null, false, false);
    }

    static void unless(boolean good) throws BadValue {
      if (!good) {
        throw ONLY;
      }
    }
  }
}
