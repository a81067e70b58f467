package dev.parley.protocol.srtp;

import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.Security;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The JDK's own ciphers, whatever providers an application server has put before them: another one
/// takes 20 times as long for a packet.
final class Jdk {
  private static final Provider SUN_JCE = Security.getProvider("SunJCE");

  private Jdk() {}

  static Cipher cipher(String transformation) {
    try {
      return SUN_JCE == null
          ? Cipher.getInstance(transformation)
          : Cipher.getInstance(transformation, SUN_JCE);
    } catch (GeneralSecurityException e) {
      throw lacking(e);
    }
  }

  static Mac hmacSha1(byte[] key) {
    try {
      Mac mac =
          SUN_JCE == null ? Mac.getInstance("HmacSHA1") : Mac.getInstance("HmacSHA1", SUN_JCE);
      mac.init(new SecretKeySpec(key, "HmacSHA1"));
      return mac;
    } catch (GeneralSecurityException e) {
      throw lacking(e);
    }
  }

  static SecretKeySpec aes(byte[] key) {
    return new SecretKeySpec(key, "AES");
  }

  /// The error for what no input can cause.
  static IllegalStateException lacking(GeneralSecurityException e) {
    return new IllegalStateException("every Java platform has AES and HMAC-SHA1", e);
  }
}
