package dev.parley.identity;

import dev.parley.config.Secrets;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Seals the keys of TURN users for the database with AES-256-GCM under a key that follows from the
/// master secret: whoever has a copy of the database alone opens no relay.
///
/// The id is authenticated along, so that one user's keys cannot be copied into another's row.
final class KeySeal {
  private static final String CIPHER = "AES/GCM/NoPadding";
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;
  private static final int MD5 = 16;
  private static final int SHA256 = 32;

  private final SecretKeySpec key;

  KeySeal(Secrets secrets) {
    key = new SecretKeySpec(secrets.derive("turn-user-keys"), "AES");
  }

  /// Nonce, keys and tag in base64. Random nonces: RFC 5116, section 3.2 allows 2^32 of them, and
  /// each is a password changed.
  String seal(UUID id, TurnKeys keys) {
    byte[] nonce = Texts.octets(NONCE);
    ByteBuffer plain = ByteBuffer.allocate(MD5 + SHA256).put(keys.md5()).put(keys.sha256());
    byte[] sealed = run(Cipher.ENCRYPT_MODE, id, nonce, plain.array());
    return Base64.getEncoder()
        .encodeToString(ByteBuffer.allocate(NONCE + sealed.length).put(nonce).put(sealed).array());
  }

  /// The keys again.
  ///
  /// @throws IllegalStateException where the master secret is another one, or the row was tampered
  ///   with
  TurnKeys open(UUID id, String name, String sealed) {
    ByteBuffer stored = ByteBuffer.wrap(Base64.getDecoder().decode(sealed));
    byte[] nonce = new byte[NONCE];
    byte[] rest = new byte[stored.remaining() - NONCE];
    stored.get(nonce).get(rest);
    ByteBuffer plain = ByteBuffer.wrap(run(Cipher.DECRYPT_MODE, id, nonce, rest));
    byte[] md5 = new byte[MD5];
    byte[] sha256 = new byte[SHA256];
    plain.get(md5).get(sha256);
    return new TurnKeys(name, md5, sha256);
  }

  private byte[] run(int mode, UUID id, byte[] nonce, byte[] octets) {
    try {
      Cipher cipher = Cipher.getInstance(CIPHER);
      cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(id.toString().getBytes(StandardCharsets.US_ASCII));
      return cipher.doFinal(octets);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(
          "the keys of a TURN user cannot be read; is it the master secret they were made with?",
          e);
    }
  }
}
