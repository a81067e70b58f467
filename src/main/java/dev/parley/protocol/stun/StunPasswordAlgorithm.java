package dev.parley.protocol.stun;

import dev.parley.wire.Octets;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// The registry of STUN password algorithms (RFC 8489, section 18.5): how a long-term password
/// becomes the key of message integrity.
///
/// An entry of PASSWORD-ALGORITHMS, and the whole of PASSWORD-ALGORITHM (sections 14.11 and 14.12):
///
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |          Algorithm            |   Algorithm Parameters Length |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                  Algorithm Parameters (variable)
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
///
/// Neither algorithm has parameters.
public enum StunPasswordAlgorithm {
  MD5(1, "MD5", 16),
  SHA_256(2, "SHA-256", 32);

  private final int code;
  private final String label;
  private final int keyLength;

  StunPasswordAlgorithm(int code, String label, int keyLength) {
    this.code = code;
    this.label = label;
    this.keyLength = keyLength;
  }

  /// The algorithm of 16 bits, or null where the registry has none.
  public static StunPasswordAlgorithm of(int code) {
    return switch (code) {
      case 1 -> MD5;
      case 2 -> SHA_256;
      default -> null;
    };
  }

  /// The algorithm named by PASSWORD-ALGORITHM, or null for one that is not known here.
  public static StunPasswordAlgorithm read(StunMessage message, int value) throws StunRefused {
    if (message.length(value) < 4) {
      throw StunRefused.Reason.ATTRIBUTE_LENGTH.refused();
    }
    int parameters = Octets.u16(message.octets(), value + 2);
    if (message.length(value) != 4 + (parameters + 3 & ~3)) {
      throw StunRefused.Reason.ATTRIBUTE_LENGTH.refused();
    }
    return parameters == 0 ? of(Octets.u16(message.octets(), value)) : null;
  }

  /// The value of PASSWORD-ALGORITHMS that offers these, the preferred one first.
  public static byte[] list(StunPasswordAlgorithm... offered) {
    byte[] value = new byte[4 * offered.length];
    for (int i = 0; i < offered.length; i++) {
      Octets.put16(value, 4 * i, offered[i].code);
    }
    return value;
  }

  /// The key of a long-term credential (section 18.5.1): the digest of `username:realm:password`.
  ///
  /// @param username already under the OpaqueString profile, as of USERNAME
  /// @param realm under that profile
  /// @param password under that profile, see [OpaqueString]
  public byte[] key(String username, String realm, String password) {
    String text = username + ":" + realm + ":" + password;
    return digest().digest(text.getBytes(StandardCharsets.UTF_8));
  }

  /// A digest of this algorithm.
  public MessageDigest digest() {
    try {
      return MessageDigest.getInstance(label);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has " + label, e);
    }
  }

  public int code() {
    return code;
  }

  /// The name as the RFC spells it.
  public String label() {
    return label;
  }

  /// Octets of a key.
  public int keyLength() {
    return keyLength;
  }
}
