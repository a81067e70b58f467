package dev.parley.protocol.stun;

import java.nio.charset.StandardCharsets;

/// The beginning of a NONCE that tells the security features of its server, so that nobody in
/// between can hide them (RFC 8489, section 9.2): `obMatJos2`, then 24 bits in base64.
///
/// Bit 0 is the least significant one, as in the sample of appendix B.1 and the reported erratum on
/// section 18.1, against the prose of section 9.2.
public final class StunNonceCookie {
  /// The security features (RFC 8489, section 18.1).
  public enum Feature {
    PASSWORD_ALGORITHMS(0, "Password algorithms"),
    USERNAME_ANONYMITY(1, "Username anonymity");

    private final int bit;
    private final String label;

    Feature(int bit, String label) {
      this.bit = bit;
      this.label = label;
    }

    public int bit() {
      return bit;
    }

    /// This feature alone, as a set.
    public int mask() {
      return 1 << bit;
    }

    /// The name as the registry spells it.
    public String label() {
      return label;
    }
  }

  /// Octets of the cookie.
  public static final int LENGTH = 13;

  /// What [#features] says of a nonce without a cookie.
  public static final int NONE = -1;

  private static final byte[] MARK = "obMatJos2".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] DIGITS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
          .getBytes(StandardCharsets.US_ASCII);

  private StunNonceCookie() {}

  /// Writes the cookie of a set of features, 24 bits.
  public static void write(byte[] to, int at, int features) {
    System.arraycopy(MARK, 0, to, at, MARK.length);
    for (int i = 0; i < 4; i++) {
      to[at + MARK.length + i] = DIGITS[features >> 18 - 6 * i & 63];
    }
  }

  /// The features a nonce tells, 24 bits, or [#NONE] where it begins with no cookie.
  public static int features(byte[] octets, int at, int length) {
    if (length < LENGTH) {
      return NONE;
    }
    for (int i = 0; i < MARK.length; i++) {
      if (octets[at + i] != MARK[i]) {
        return NONE;
      }
    }
    int features = 0;
    for (int i = 0; i < 4; i++) {
      int digit = digit(octets[at + MARK.length + i]);
      if (digit < 0) {
        return NONE;
      }
      features = features << 6 | digit;
    }
    return features;
  }

  private static int digit(byte c) {
    if (c >= 'A' && c <= 'Z') {
      return c - 'A';
    }
    if (c >= 'a' && c <= 'z') {
      return c - 'a' + 26;
    }
    if (c >= '0' && c <= '9') {
      return c - '0' + 52;
    }
    return c == '+' ? 62 : c == '/' ? 63 : -1;
  }
}
