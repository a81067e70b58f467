package dev.parley.protocol.stun;

import dev.parley.wire.Octets;
import dev.parley.wire.TransportAddress;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/// Writes a STUN message (RFC 8489, section 5), attribute after attribute, into a caller's buffer.
///
/// Confined to one thread and made to be used again: each message begins with [#request] or
/// [#answer], and the octets are complete after every call. The caller's buffer must be large
/// enough; one that is not is a bug of the caller and throws [IndexOutOfBoundsException].
public final class StunWriter {
  private final CRC32 crc = new CRC32();
  private byte[] octets;
  private int at;
  private int end;

  /// Begins a request.
  ///
  /// @param transactionId 12 octets, unpredictable to others
  public StunWriter request(byte[] octets, int at, StunMethod method, byte[] transactionId) {
    return begin(octets, at, StunClass.REQUEST, method.code(), transactionId, 0);
  }

  /// Begins an indication.
  public StunWriter indication(byte[] octets, int at, StunMethod method, byte[] transactionId) {
    return begin(octets, at, StunClass.INDICATION, method.code(), transactionId, 0);
  }

  /// Begins the response to a request: its method, its transaction.
  public StunWriter answer(byte[] octets, int at, StunClass response, StunMessage request) {
    return begin(octets, at, response, request.methodCode(), request.octets(), request.at() + 8);
  }

  private StunWriter begin(byte[] buffer, int start, StunClass c, int method, byte[] id, int from) {
    octets = buffer;
    at = start;
    int bits = c.ordinal();
    int type = method & 0x000f | (method & 0x0070) << 1 | (method & 0x0f80) << 2;
    Octets.put16(buffer, start, type | (bits & 1) << 4 | (bits & 2) << 7);
    Octets.put32(buffer, start + 4, StunMessage.MAGIC_COOKIE);
    System.arraycopy(id, from, buffer, start + 8, 12);
    end = start + StunMessage.HEADER;
    Octets.put16(buffer, start + 2, 0);
    return this;
  }

  /// Octets of the message so far.
  public int length() {
    return end - at;
  }

  /// Appends an attribute of opaque octets.
  public StunWriter octets(StunAttribute attribute, byte[] value, int from, int length) {
    int to = append(attribute.code(), length);
    System.arraycopy(value, from, octets, to, length);
    return this;
  }

  /// Appends an attribute of UTF-8 text.
  public StunWriter text(StunAttribute attribute, String text) {
    byte[] value = text.getBytes(StandardCharsets.UTF_8);
    return octets(attribute, value, 0, value.length);
  }

  /// Appends an attribute without a value, as USE-CANDIDATE and DONT-FRAGMENT.
  public StunWriter flag(StunAttribute attribute) {
    append(attribute.code(), 0);
    return this;
  }

  /// Appends an attribute of 32 bits.
  public StunWriter u32(StunAttribute attribute, int number) {
    int value = append(attribute.code(), 4);
    Octets.put32(octets, value, number);
    return this;
  }

  /// Appends an attribute of 64 bits.
  public StunWriter u64(StunAttribute attribute, long number) {
    int value = append(attribute.code(), 8);
    Octets.put64(octets, value, number);
    return this;
  }

  /// Appends a plain address (RFC 8489, section 14.1).
  public StunWriter address(StunAttribute attribute, TransportAddress address) {
    return address(attribute, address, 0, 0, 0);
  }

  /// Appends an address XORed with cookie and transaction, which middleboxes do not recognise and
  /// rewrite (RFC 8489, section 14.2).
  public StunWriter xorAddress(StunAttribute attribute, TransportAddress address) {
    long high = Octets.u64(octets, at + 4);
    long low = Octets.u64(octets, at + 12);
    return address(attribute, address, StunValues.PORT_XOR, high, low);
  }

  private StunWriter address(
      StunAttribute attribute, TransportAddress address, int portXor, long highXor, long lowXor) {
    boolean ipv4 = address.ipv4();
    int value = append(attribute.code(), ipv4 ? 8 : 20);
    Octets.put16(octets, value, ipv4 ? StunValues.IPV4 : StunValues.IPV6);
    Octets.put16(octets, value + 2, address.port() ^ portXor);
    if (ipv4) {
      Octets.put32(octets, value + 4, address.ipv4Bits() ^ (int) (highXor >>> 32));
    } else {
      Octets.put64(octets, value + 4, address.high() ^ highXor);
      Octets.put64(octets, value + 12, address.low() ^ lowXor);
    }
    return this;
  }

  /// Appends ERROR-CODE with the recommended reason phrase (RFC 8489, section 14.8).
  public StunWriter error(StunError error) {
    String phrase = error.phrase();
    int value = errorCode(error, phrase.length());
    for (int i = 0; i < phrase.length(); i++) {
      octets[value + 4 + i] = (byte) phrase.charAt(i);
    }
    return this;
  }

  /// Appends ERROR-CODE without a phrase, for answers that must stay short.
  public StunWriter bareError(StunError error) {
    errorCode(error, 0);
    return this;
  }

  private int errorCode(StunError error, int phrase) {
    int value = append(StunAttribute.ERROR_CODE.code(), 4 + phrase);
    Octets.put32(octets, value, error.code() / 100 << 8 | error.code() % 100);
    return value;
  }

  /// Appends UNKNOWN-ATTRIBUTES (RFC 8489, section 14.9).
  ///
  /// @param count how many of `types` to list
  public StunWriter unknownAttributes(int[] types, int count) {
    int value = append(StunAttribute.UNKNOWN_ATTRIBUTES.code(), 2 * count);
    for (int i = 0; i < count; i++) {
      Octets.put16(octets, value + 2 * i, types[i]);
    }
    return this;
  }

  /// Appends MESSAGE-INTEGRITY or MESSAGE-INTEGRITY-SHA256 over what is written so far.
  public StunWriter integrity(StunIntegrity integrity) {
    int length = integrity.algorithm().length();
    int value = append(integrity.algorithm().attribute().code(), length);
    integrity.sign(octets, at, value);
    return this;
  }

  /// Appends FINGERPRINT over what is written so far; must be the last (RFC 8489, section 14.7).
  public StunWriter fingerprint() {
    int value = append(StunAttribute.FINGERPRINT.code(), 4);
    crc.reset();
    crc.update(octets, at, value - 4 - at);
    Octets.put32(octets, value, (int) crc.getValue() ^ StunMessage.FINGERPRINT_XOR);
    return this;
  }

  /// Appends type and length, zeroes the padding, corrects the message length; returns the index of
  /// the value.
  private int append(int type, int length) {
    int value = end + 4;
    int padded = length + 3 & ~3;
    int body = value + padded - at - StunMessage.HEADER;
    if (length < 0 || body > 0xffff) {
      throw new IndexOutOfBoundsException("a STUN message of " + body + " octets after its header");
    }
    Octets.put16(octets, end, type);
    Octets.put16(octets, end + 2, length);
    if (padded != length) {
      Octets.put32(octets, value + padded - 4, 0);
    }
    end = value + padded;
    Octets.put16(octets, at + 2, body);
    return value;
  }
}
