package dev.parley.protocol.sdp;

import java.util.HexFormat;
import java.util.Locale;

/// The hash of a certificate (RFC 8122, section 5).
///
/// @param algorithm lower case, such as `sha-256`
/// @param hash upper-case hexadecimal octets with colons
public record Fingerprint(String algorithm, String hash) implements Attribute {
  private static final HexFormat COLONS = HexFormat.ofDelimiter(":").withUpperCase();

  public static Fingerprint of(String algorithm, byte[] octets) {
    return new Fingerprint(algorithm, COLONS.formatHex(octets));
  }

  static Fingerprint read(String value) throws Text.BadValue {
    var fields = Text.fields(value);
    Text.BadValue.unless(fields.size() == 2);
    String algorithm = Text.token(fields.getFirst(), 16).toLowerCase(Locale.ROOT);
    String hash = fields.getLast().toUpperCase(Locale.ROOT);
    int octets = (hash.length() + 1) / 3;
    Text.BadValue.unless(octets >= 16 && octets <= 64 && octets * 3 - 1 == hash.length());
    Text.BadValue.unless(wellFormed(hash) && lengthOf(algorithm, octets) == octets);
    return new Fingerprint(algorithm, hash);
  }

  private static boolean wellFormed(String hash) {
    for (int i = 0; i < hash.length(); i++) {
      boolean good = i % 3 == 2 ? hash.charAt(i) == ':' : HexFormat.isHexDigit(hash.charAt(i));
      if (!good) {
        return false;
      }
    }
    return true;
  }

  private static int lengthOf(String algorithm, int unknown) {
    return switch (algorithm) {
      case "sha-1" -> 20;
      case "sha-224" -> 28;
      case "sha-256" -> 32;
      case "sha-384" -> 48;
      case "sha-512" -> 64;
      default -> unknown;
    };
  }

  /// The hash, a new array.
  public byte[] octets() {
    return COLONS.parseHex(hash);
  }

  /// Whether it still proves anything: SHA-1 and older do not (RFC 8122, section 5).
  public boolean strong() {
    return algorithm.equals("sha-256")
        || algorithm.equals("sha-384")
        || algorithm.equals("sha-512");
  }

  @Override
  public String attribute() {
    return "fingerprint";
  }

  @Override
  public String value() {
    return algorithm + " " + hash;
  }
}
