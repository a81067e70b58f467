package dev.parley.protocol.dtls;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The digest of a certificate that a session description vouches for (RFC 8122, section 5).
///
/// @param digest in upper case hexadecimal, a colon between octets
public record Fingerprint(Hash hash, String digest) {
  private static final HexFormat COLONS = HexFormat.ofDelimiter(":").withUpperCase();

  /// The hash functions that are believed, from the weakest to the strongest.
  public enum Hash {
    SHA_256("sha-256", "SHA-256", 32),
    SHA_384("sha-384", "SHA-384", 48),
    SHA_512("sha-512", "SHA-512", 64);

    private final String token;
    private final String algorithm;
    private final int octets;

    Hash(String token, String algorithm, int octets) {
      this.token = token;
      this.algorithm = algorithm;
      this.octets = octets;
    }

    /// As session descriptions spell it.
    public String token() {
      return token;
    }

    private static Optional<Hash> of(String token) {
      String lower = token.toLowerCase(Locale.ROOT);
      return Arrays.stream(values()).filter(one -> one.token.equals(lower)).findFirst();
    }
  }

  /// Reads the value of `a=fingerprint`; empty where the hash function is none that is believed, or
  /// the digest is not one of its length.
  public static Optional<Fingerprint> parse(String text) {
    String[] parts = text.strip().split(" +");
    if (parts.length != 2) {
      return Optional.empty();
    }
    return Hash.of(parts[0])
        .flatMap(
            hash ->
                octets(parts[1])
                    .filter(octets -> octets.length == hash.octets)
                    .map(octets -> new Fingerprint(hash, COLONS.formatHex(octets))));
  }

  private static Optional<byte[]> octets(String digest) {
    try {
      return Optional.of(COLONS.parseHex(digest));
    } catch (IllegalArgumentException notHexadecimal) {
      return Optional.empty();
    }
  }

  /// @param certificate in DER
  public static Fingerprint of(Hash hash, byte[] certificate) {
    try {
      MessageDigest digest = MessageDigest.getInstance(hash.algorithm);
      return new Fingerprint(hash, COLONS.formatHex(digest.digest(certificate)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Whether a certificate is the one vouched for: of several digests, those of the strongest hash
  /// function count, and one of them has to match (RFC 8122, section 5.1).
  ///
  /// @param certificate in DER
  static boolean match(List<Fingerprint> expected, byte[] certificate) {
    return expected.stream()
        .map(Fingerprint::hash)
        .max(Hash::compareTo)
        .map(hash -> expected.contains(of(hash, certificate)))
        .orElse(false);
  }

  public byte[] octets() {
    return COLONS.parseHex(digest);
  }

  /// The value of `a=fingerprint`.
  public String text() {
    return hash.token + " " + digest;
  }
}
