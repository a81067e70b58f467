package dev.parley.protocol.srtp;

import dev.parley.wire.Octets;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// AES in counter mode with HMAC-SHA1 of 80 bits (RFC 3711, sections 4.1.1 and 4.2.1). Confined to
/// one thread.
///
/// The first counter block, before the salt is added to its first 14 octets:
///
/// ```
///    0  1  2  3  4  5  6  7  8  9 10 11 12 13 14 15
///  +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
///  |00|00|00|00|    SSRC   |      index      |00|00|
///  +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
/// ```
final class CounterTransform implements Transform {
  private static final int TAG = 10;
  private static final int BLOCK = 16;
  private static final int DIGEST = 20;

  private final Cipher cipher = Jdk.cipher("AES/CTR/NoPadding");
  private final Mac mac;
  private final SecretKeySpec key;
  private final long saltHigh;
  private final long saltLow;
  private final byte[] block = new byte[BLOCK];
  private final byte[] trailer = new byte[SrtcpWord.LENGTH];
  private final byte[] digest = new byte[DIGEST];

  CounterTransform(SessionKeys keys) {
    key = Jdk.aes(keys.key());
    mac = Jdk.hmacSha1(keys.authKey());
    saltHigh = Octets.u64(keys.salt(), 0);
    // Octets 8 to 13 of the salt, and two of zero.
    saltLow = Octets.u64(keys.salt(), 6) << 16;
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
    crypt(ssrc, index, payload, payloadAt, payloadLength, out, outAt + headerLength);
    int length = headerLength + payloadLength;
    authenticate(out, outAt, length, (int) (index >>> 16));
    System.arraycopy(digest, 0, out, outAt + length, TAG);
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
    int plain = length - TAG;
    authenticate(packet, at, plain, (int) (index >>> 16));
    if (!Octets.sameInConstantTime(digest, 0, packet, at + plain, TAG)) {
      return false;
    }
    crypt(ssrc, index, packet, at + headerLength, plain - headerLength, out, outAt + headerLength);
    return true;
  }

  @Override
  public void sealRtcp(
      int ssrc, int word, byte[] packet, int at, int length, byte[] out, int outAt) {
    body(ssrc, word, packet, at, length, out, outAt);
    authenticate(out, outAt, length, word);
    Octets.put32(out, outAt + length, word);
    System.arraycopy(digest, 0, out, outAt + length + SrtcpWord.LENGTH, TAG);
  }

  @Override
  public boolean openRtcp(
      int ssrc, int word, byte[] packet, int at, int length, byte[] out, int outAt) {
    int plain = length - TAG - SrtcpWord.LENGTH;
    authenticate(packet, at, plain, word);
    if (!Octets.sameInConstantTime(digest, 0, packet, at + plain + SrtcpWord.LENGTH, TAG)) {
      return false;
    }
    if ((word & SrtcpWord.ENCRYPTED) != 0) {
      body(ssrc, word, packet, at, plain, out, outAt);
    } else {
      System.arraycopy(packet, at, out, outAt, plain);
    }
    return true;
  }

  private void body(int ssrc, int word, byte[] packet, int at, int length, byte[] out, int outAt) {
    crypt(
        ssrc,
        word & SrtcpWord.INDEX,
        packet,
        at + SrtcpWord.HEADER,
        length - SrtcpWord.HEADER,
        out,
        outAt + SrtcpWord.HEADER);
  }

  /// Adds the key stream: the same both ways.
  private void crypt(int ssrc, long index, byte[] in, int at, int length, byte[] out, int outAt) {
    Octets.put64(block, 0, saltHigh ^ ssrc & 0xffff_ffffL);
    Octets.put64(block, 8, saltLow ^ index << 16);
    try {
      cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(block));
      cipher.doFinal(in, at, length, out, outAt);
    } catch (GeneralSecurityException e) {
      throw Jdk.lacking(e);
    }
  }

  /// Leaves in [#digest] the HMAC of the octets and of the word behind them: the rollover counter
  /// of a media packet, the E bit and index of a control packet (RFC 3711, section 4.2).
  private void authenticate(byte[] octets, int at, int length, int word) {
    Octets.put32(trailer, 0, word);
    mac.update(octets, at, length);
    mac.update(trailer, 0, SrtcpWord.LENGTH);
    try {
      mac.doFinal(digest, 0);
    } catch (GeneralSecurityException e) {
      throw Jdk.lacking(e);
    }
  }
}
