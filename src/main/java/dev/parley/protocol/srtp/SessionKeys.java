package dev.parley.protocol.srtp;

import dev.parley.wire.Octets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;

/// The session keys of one direction, for RTP or for RTCP (RFC 3711, section 4.3).
///
/// @param key of the cipher
/// @param salt of the cipher
/// @param authKey of the HMAC; empty where the cipher authenticates
record SessionKeys(byte[] key, byte[] salt, byte[] authKey) {
  private static final int RTP_ENCRYPTION = 0x00;
  private static final int RTP_AUTHENTICATION = 0x01;
  private static final int RTP_SALT = 0x02;

  /// What the labels of RTCP are greater by (RFC 3711, section 4.3.2).
  private static final int RTCP = 0x03;

  private static final int BLOCK = 16;

  /// Where the label stands in the first counter block, see [#derive].
  private static final int LABEL_AT = 7;

  static SessionKeys rtp(MasterKey master) {
    return of(master, 0);
  }

  static SessionKeys rtcp(MasterKey master) {
    return of(master, RTCP);
  }

  private static SessionKeys of(MasterKey master, int offset) {
    SrtpProfile profile = master.profile();
    byte[] key = master.key();
    byte[] salt = master.salt();
    return new SessionKeys(
        derive(key, salt, RTP_ENCRYPTION + offset, profile.keyLength()),
        derive(key, salt, RTP_SALT + offset, profile.saltLength()),
        derive(key, salt, RTP_AUTHENTICATION + offset, profile.authKeyLength()));
  }

  /// The key derivation function with the AES_CM_PRF of the key's size (RFC 3711, section 4.3.3;
  /// RFC 6188, section 3) and a key derivation rate of zero.
  ///
  /// ```
  ///   0             7   8                  14      16
  ///  | master salt ^ label ^ 000000000000 | counter |
  /// ```
  static byte[] derive(byte[] masterKey, byte[] masterSalt, int label, int length) {
    byte[] block = Arrays.copyOf(masterSalt, BLOCK);
    Octets.put8(block, LABEL_AT, Octets.u8(block, LABEL_AT) ^ label);
    try {
      Cipher cipher = Jdk.cipher("AES/CTR/NoPadding");
      cipher.init(Cipher.ENCRYPT_MODE, Jdk.aes(masterKey), new IvParameterSpec(block));
      return cipher.doFinal(new byte[length]);
    } catch (GeneralSecurityException e) {
      throw Jdk.lacking(e);
    }
  }

  @Override
  public String toString() {
    return "SessionKeys[secret]";
  }
}
