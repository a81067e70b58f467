package dev.parley.protocol.srtp;

import dev.parley.wire.Octets;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// AES-GCM for SRTP and SRTCP (RFC 7714, sections 8 and 9). Confined to one thread.
///
/// The nonce, before the salt is added to it; a control packet's index has its upper 17 bits zero:
///
/// ```
///    0  1  2  3  4  5  6  7  8  9 10 11
///  +--+--+--+--+--+--+--+--+--+--+--+--+
///  |00|00|    SSRC   |      index      |
///  +--+--+--+--+--+--+--+--+--+--+--+--+
/// ```
final class GcmTransform implements Transform {
  private static final int TAG = 16;
  private static final int TAG_BITS = 128;
  private static final int NONCE = 12;

  /// Where the lower eight octets of salt and nonce begin.
  private static final int LOW_AT = 4;

  private static final long INDEX_MASK = 0xffff_ffff_ffffL;

  private final Cipher cipher = Jdk.cipher("AES/GCM/NoPadding");
  private final SecretKeySpec key;
  private final int saltHigh;
  private final long saltLow;
  private final byte[] nonce = new byte[NONCE];
  private final byte[] trailer = new byte[SrtcpWord.LENGTH];

  GcmTransform(SessionKeys keys) {
    key = Jdk.aes(keys.key());
    saltHigh = Octets.u32(keys.salt(), 0);
    saltLow = Octets.u64(keys.salt(), LOW_AT);
  }

  @Override
  public void sealRtp(
      int ssrc,
      long index,
      byte[] payload,
      int payloadAt,
      int payloadLength,
      byte[] out,
      int outAt,
      int headerLength) {
    try {
      encrypting(ssrc, index);
      cipher.updateAAD(out, outAt, headerLength);
      cipher.doFinal(payload, payloadAt, payloadLength, out, outAt + headerLength);
    } catch (GeneralSecurityException e) {
      throw Jdk.lacking(e);
    }
  }

  @Override
  public boolean openRtp(
      int ssrc,
      long index,
      byte[] packet,
      int at,
      int length,
      int headerLength,
      byte[] out,
      int outAt) {
    try {
      decrypting(ssrc, index);
      cipher.updateAAD(packet, at, headerLength);
      cipher.doFinal(packet, at + headerLength, length - headerLength, out, outAt + headerLength);
      return true;
    } catch (AEADBadTagException e) {
      return false;
    } catch (GeneralSecurityException e) {
      throw Jdk.lacking(e);
    }
  }

  @Override
  public void sealRtcp(
      int ssrc, int word, byte[] packet, int at, int length, byte[] out, int outAt) {
    try {
      encrypting(ssrc, word & SrtcpWord.INDEX);
      cipher.updateAAD(out, outAt, SrtcpWord.HEADER);
      Octets.put32(trailer, 0, word);
      cipher.updateAAD(trailer);
      cipher.doFinal(
          packet, at + SrtcpWord.HEADER, length - SrtcpWord.HEADER, out, outAt + SrtcpWord.HEADER);
      Octets.put32(out, outAt + length + TAG, word);
    } catch (GeneralSecurityException e) {
      throw Jdk.lacking(e);
    }
  }

  @Override
  public boolean openRtcp(
      int ssrc, int word, byte[] packet, int at, int length, byte[] out, int outAt) {
    boolean encrypted = (word & SrtcpWord.ENCRYPTED) != 0;
    // What is not encrypted is associated data as a whole (RFC 7714, section 9.3).
    int plain = encrypted ? SrtcpWord.HEADER : length - SrtcpWord.LENGTH - TAG;
    try {
      decrypting(ssrc, word & SrtcpWord.INDEX);
      cipher.updateAAD(packet, at, plain);
      Octets.put32(trailer, 0, word);
      cipher.updateAAD(trailer);
      cipher.doFinal(packet, at + plain, length - SrtcpWord.LENGTH - plain, out, outAt + plain);
    } catch (AEADBadTagException e) {
      return false;
    } catch (GeneralSecurityException e) {
      throw Jdk.lacking(e);
    }
    System.arraycopy(
        packet, at + SrtcpWord.HEADER, out, outAt + SrtcpWord.HEADER, plain - SrtcpWord.HEADER);
    return true;
  }

  private void encrypting(int ssrc, long index) throws GeneralSecurityException {
    nonce(ssrc, index);
    try {
      cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
    } catch (InvalidAlgorithmParameterException e) {
      // The JDK refuses the nonce it had last: a packet sent again with nothing in between. Any
      // other one, under which nothing is encrypted, makes it forget.
      nonce[0] ^= 1;
      cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
      nonce[0] ^= 1;
      cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
    }
  }

  private void decrypting(int ssrc, long index) throws GeneralSecurityException {
    nonce(ssrc, index);
    cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
  }

  private void nonce(int ssrc, long index) {
    Octets.put32(nonce, 0, saltHigh ^ ssrc >>> 16);
    Octets.put64(nonce, LOW_AT, saltLow ^ ((long) ssrc << 48 | index & INDEX_MASK));
  }
}
