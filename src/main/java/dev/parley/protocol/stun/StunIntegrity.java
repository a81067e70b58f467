package dev.parley.protocol.stun;

import dev.parley.wire.Octets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.SecretKeySpec;

/// Signs and verifies messages with the key it was last given: MESSAGE-INTEGRITY and
/// MESSAGE-INTEGRITY-SHA256 (RFC 8489, sections 14.5 and 14.6). Confined to one thread; one an
/// algorithm serves any number of clients in turn, see [#key].
public final class StunIntegrity {
  /// The two ways to protect a message.
  public enum Algorithm {
    SHA1("HmacSHA1", 20, StunAttribute.MESSAGE_INTEGRITY),
    SHA256("HmacSHA256", 32, StunAttribute.MESSAGE_INTEGRITY_SHA256);

    private final String mac;
    private final int length;
    private final StunAttribute attribute;

    Algorithm(String mac, int length, StunAttribute attribute) {
      this.mac = mac;
      this.length = length;
      this.attribute = attribute;
    }

    /// Octets of the authenticator.
    public int length() {
      return length;
    }

    public StunAttribute attribute() {
      return attribute;
    }
  }

  private final Algorithm algorithm;
  private final Mac mac;
  private final byte[] expected;

  /// @param key the password's octets for short-term credentials, the digest of RFC 8489 section
  ///   9.2.2 for long-term ones; copied, not empty
  public StunIntegrity(Algorithm algorithm, byte[] key) {
    this.algorithm = algorithm;
    this.expected = new byte[algorithm.length];
    try {
      mac = Mac.getInstance(algorithm.mac);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + algorithm.mac, e);
    }
    key(key);
  }

  /// Takes another key from now on, which costs far less than another instance.
  ///
  /// @param key as of the constructor; copied, not empty
  public StunIntegrity key(byte[] key) {
    try {
      mac.init(new SecretKeySpec(key, algorithm.mac));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(algorithm.mac + " takes any key", e);
    }
    return this;
  }

  public Algorithm algorithm() {
    return algorithm;
  }

  /// Whether the message carries this algorithm's attribute, and it is of this key.
  public boolean verifies(StunMessage message) {
    int value = message.find(algorithm.attribute);
    if (value == StunMessage.NONE || message.length(value) != algorithm.length) {
      return false;
    }
    byte[] octets = message.octets();
    int at = message.at();
    // The header is authenticated as if the message ended with this attribute; what follows it is
    // FINGERPRINT or the stronger twin. The buffer itself stays untouched.
    int covered = value + algorithm.length - at - StunMessage.HEADER;
    mac.update(octets, at, 2);
    mac.update((byte) (covered >> 8));
    mac.update((byte) covered);
    mac.update(octets, at + 4, value - 4 - at - 4);
    finish(expected, 0);
    return Octets.sameInConstantTime(expected, 0, octets, value, algorithm.length);
  }

  /// Fills in the value of the attribute just appended; the header already counts it.
  void sign(byte[] octets, int at, int value) {
    mac.update(octets, at, value - 4 - at);
    finish(octets, value);
  }

  private void finish(byte[] to, int at) {
    try {
      mac.doFinal(to, at);
    } catch (ShortBufferException e) {
      throw new IndexOutOfBoundsException(e.getMessage());
    }
  }
}
