package dev.parley.protocol.sctp;

import java.security.GeneralSecurityException;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The tools that all associations of one loop share: buffers, checksum, cookie key, randomness.
/// Confined to that loop.
public final class SctpKit {
  /// Octets of a MAC.
  static final int MAC = 32;

  private static final int LARGEST_KEPT = 1 << 20;

  private final RandomGenerator random;
  private final Mac mac;
  private final PacketWriter writer = new PacketWriter();
  private byte[] whole = new byte[16_384];
  private byte[] spare = new byte[0];

  /// @param random unpredictable to others
  /// @param cookieKey 32 octets that nobody else knows
  public SctpKit(RandomGenerator random, byte[] cookieKey) {
    this.random = random;
    try {
      this.mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(cookieKey, "HmacSHA256"));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no HmacSHA256", e);
    }
  }

  int number() {
    return random.nextInt();
  }

  long longNumber() {
    return random.nextLong();
  }

  /// A verification tag: any number but 0 (RFC 9260, section 5.3.1).
  int tag() {
    int tag = random.nextInt();
    while (tag == 0) {
      tag = random.nextInt();
    }
    return tag;
  }

  byte[] mac(byte[] octets, int at, int length) {
    mac.update(octets, at, length);
    return mac.doFinal();
  }

  PacketWriter writer() {
    return writer;
  }

  /// A buffer in which a large message grows, of so many octets at least; one that was given back
  /// where there is one.
  byte[] borrow(int length) {
    if (spare.length < length) {
      return new byte[length];
    }
    byte[] lent = spare;
    spare = new byte[0];
    return lent;
  }

  void giveBack(byte[] octets) {
    if (octets.length > spare.length && octets.length <= LARGEST_KEPT) {
      spare = octets;
    }
  }

  /// A buffer in which a message is put together to be told at once.
  byte[] whole(int length) {
    if (length > LARGEST_KEPT) {
      return new byte[length];
    }
    if (whole.length < length) {
      whole = new byte[Math.max(length, 2 * whole.length)];
    }
    return whole;
  }
}
