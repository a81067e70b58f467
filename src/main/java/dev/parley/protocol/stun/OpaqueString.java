package dev.parley.protocol.stun;

import java.text.Normalizer;

/// The OpaqueString profile for user names, realms and passwords (RFC 8265, section 4.2).
///
/// As far as the JDK carries it: a space of any script becomes U+0020, the text is put into
/// normalization form C, controls and code points without meaning are refused, and so is the empty
/// text.
public final class OpaqueString {
  private OpaqueString() {}

  /// The text under the profile.
  ///
  /// @throws StunRefused for what the profile does not allow
  public static String of(String text) throws StunRefused {
    StringBuilder mapped = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      i += Character.charCount(point);
      mapped.appendCodePoint(allowed(point));
    }
    if (mapped.isEmpty()) {
      throw StunRefused.Reason.TEXT.refused();
    }
    return Normalizer.normalize(mapped, Normalizer.Form.NFC);
  }

  private static int allowed(int point) throws StunRefused {
    return switch (Character.getType(point)) {
      case Character.SPACE_SEPARATOR -> ' ';
      case Character.CONTROL,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.PRIVATE_USE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          throw StunRefused.Reason.TEXT.refused();
      default -> point;
    };
  }
}
