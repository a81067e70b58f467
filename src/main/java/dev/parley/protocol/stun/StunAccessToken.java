package dev.parley.protocol.stun;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.wire.Octets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// A self-contained access token (RFC 7635, section 6.2): what an authorization server lets a
/// client hold for the STUN server to read.
///
/// The value of ACCESS-TOKEN, of which all behind the nonce is encrypted with AES-GCM, the STUN
/// server name as associated data, the tag of 16 octets behind it:
///
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |         Nonce Length          |         Nonce (variable)    ...
/// +=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+
/// |          Key Length           |        MAC Key (variable)   ...
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |       Timestamp: 48 bits of seconds since 1970, ...           |
/// +                               +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                               |   ... 16 bits of 1/64000 s    |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                      Lifetime in seconds                      |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
///
/// @param macKey the key of message integrity
/// @param timestamp when it was made, as above
/// @param lifetime seconds from then on
public record StunAccessToken(byte[] macKey, long timestamp, long lifetime) {
  /// How a token is encrypted (RFC 7635, section 6.2); both by the name of RFC 7518.
  public enum Algorithm {
    A128GCM(16),
    A256GCM(32);

    private final int keyLength;

    Algorithm(int keyLength) {
      this.keyLength = keyLength;
    }

    /// The algorithm of a name, or null.
    public static Algorithm of(String name) {
      return switch (name) {
        case "A128GCM" -> A128GCM;
        case "A256GCM" -> A256GCM;
        default -> null;
      };
    }

    /// Octets of the key; of a longer one the first so many are used.
    public int keyLength() {
      return keyLength;
    }
  }

  private static final int TAG = 16;

  /// Octets of the encrypted block beside the MAC key.
  private static final int FIXED = 2 + 8 + 4;

  /// The longest MAC key, of HMAC-SHA-512.
  private static final int MAX_MAC_KEY = 64;

  /// RFC 5116 recommends 12 octets; anything sensible is taken.
  private static final int MAX_NONCE = 64;

  /// Seconds since 1970 when it was made.
  public long made() {
    return timestamp >>> 16;
  }

  /// Opens the value of ACCESS-TOKEN.
  ///
  /// @param serverName the STUN server name, as of THIRD-PARTY-AUTHORIZATION
  /// @throws StunRefused where it is malformed, of another key, or meant for another server
  public static StunAccessToken open(
      Algorithm algorithm, byte[] key, String serverName, byte[] octets, int at, int length)
      throws StunRefused {
    int nonce = length < 2 ? 0 : Octets.u16(octets, at);
    int block = at + 2 + nonce;
    int sealed = length - 2 - nonce;
    if (nonce < 1 || nonce > MAX_NONCE || sealed < FIXED + 1 + TAG) {
      throw StunRefused.Reason.TOKEN.refused();
    }
    byte[] plain;
    try {
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, algorithm, key, octets, at + 2, nonce);
      cipher.updateAAD(serverName.getBytes(UTF_8));
      plain = cipher.doFinal(octets, block, sealed);
    } catch (GeneralSecurityException e) {
      throw StunRefused.Reason.TOKEN.refused();
    }
    int mac = Octets.u16(plain, 0);
    if (mac < 1 || mac > MAX_MAC_KEY || plain.length != FIXED + mac) {
      throw StunRefused.Reason.TOKEN.refused();
    }
    return new StunAccessToken(
        Arrays.copyOfRange(plain, 2, 2 + mac),
        Octets.u64(plain, 2 + mac),
        Octets.u32(plain, 10 + mac) & 0xffff_ffffL);
  }

  /// The value of ACCESS-TOKEN, as an authorization server makes it.
  ///
  /// @param nonce never used before with this key
  public byte[] seal(Algorithm algorithm, byte[] key, String serverName, byte[] nonce) {
    byte[] plain = new byte[FIXED + macKey.length];
    Octets.put16(plain, 0, macKey.length);
    System.arraycopy(macKey, 0, plain, 2, macKey.length);
    Octets.put64(plain, 2 + macKey.length, timestamp);
    Octets.put32(plain, 10 + macKey.length, (int) lifetime);
    byte[] token = new byte[2 + nonce.length + plain.length + TAG];
    Octets.put16(token, 0, nonce.length);
    System.arraycopy(nonce, 0, token, 2, nonce.length);
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, algorithm, key, nonce, 0, nonce.length);
      cipher.updateAAD(serverName.getBytes(UTF_8));
      cipher.doFinal(plain, 0, plain.length, token, 2 + nonce.length);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("no key for " + algorithm, e);
    }
    return token;
  }

  private static Cipher cipher(
      int mode, Algorithm algorithm, byte[] key, byte[] nonce, int at, int length)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    if (key.length < algorithm.keyLength()) {
      throw new InvalidKeyException("too short for " + algorithm);
    }
    cipher.init(
        mode,
        new SecretKeySpec(key, 0, algorithm.keyLength(), "AES"),
        new GCMParameterSpec(8 * TAG, nonce, at, length));
    return cipher;
  }

  /// Nothing secret.
  @Override
  public String toString() {
    return "StunAccessToken[" + made() + " + " + lifetime + " s]";
  }
}
