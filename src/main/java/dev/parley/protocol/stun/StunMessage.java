package dev.parley.protocol.stun;

import static dev.parley.protocol.stun.StunRefused.Reason.ATTRIBUTE_LENGTH;
import static dev.parley.protocol.stun.StunRefused.Reason.ATTRIBUTE_OVERRUN;
import static dev.parley.protocol.stun.StunRefused.Reason.LENGTH;
import static dev.parley.protocol.stun.StunRefused.Reason.NOT_STUN;
import static dev.parley.protocol.stun.StunRefused.Reason.NO_MAGIC_COOKIE;
import static dev.parley.protocol.stun.StunRefused.Reason.TOO_MANY_ATTRIBUTES;
import static dev.parley.protocol.stun.StunRefused.Reason.TOO_SHORT;

import dev.parley.wire.Octets;
import java.util.Arrays;
import java.util.zip.CRC32;

/// A STUN message (RFC 8489, section 5) seen in the buffer it arrived in.
///
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |0 0|     STUN Message Type     |         Message Length        |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                         Magic Cookie                          |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                     Transaction ID (96 bits)                  |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |         Type                  |            Length             |  attribute,
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+  padded to 4
/// |                         Value (variable)                ....  |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
///
/// An attribute is known by the index of its value in the buffer, [#NONE] where there is none; read
/// the value with [StunValues]. The view is valid as long as the buffer is untouched, and is meant
/// to die in the method that parsed it.
public final class StunMessage {
  /// No such attribute.
  public static final int NONE = -1;

  /// Octets of the header.
  public static final int HEADER = 20;

  /// Bits 32 to 63 of every message (RFC 8489, section 5).
  public static final int MAGIC_COOKIE = 0x2112_A442;

  /// Most attributes of one message: above a CreatePermission for a hundred peers, low enough that
  /// a hostile message cannot make walking them costly.
  public static final int MAX_ATTRIBUTES = 128;

  /// What the CRC-32 of FINGERPRINT is XORed with (RFC 8489, section 14.7).
  static final int FINGERPRINT_XOR = 0x5354_554e;

  private final byte[] octets;
  private final int at;
  private final int length;
  private final int limit;
  private final int integrity;
  private final int integritySha256;
  private final int fingerprint;

  private StunMessage(
      byte[] octets, int at, int length, int limit, int sha1, int sha256, int fingerprint) {
    this.octets = octets;
    this.at = at;
    this.length = length;
    this.limit = limit;
    this.integrity = sha1;
    this.integritySha256 = sha256;
    this.fingerprint = fingerprint;
  }

  /// Whether octets on a port shared with other protocols are STUN: first octet 0 to 3 (RFC 7983)
  /// and the magic cookie. Says nothing about the rest.
  public static boolean looksLike(byte[] octets, int at, int length) {
    return length >= HEADER
        && (octets[at] & 0xfc) == 0
        && Octets.u32(octets, at + 4) == MAGIC_COOKIE;
  }

  /// Locates one message, which is all of the octets given.
  ///
  /// @throws StunRefused for anything that is not well formed
  public static StunMessage parse(byte[] octets, int at, int length) throws StunRefused {
    checkHeader(octets, at, length);
    int end = at + length;
    int limit = end;
    int sha1 = NONE;
    int sha256 = NONE;
    int fingerprint = NONE;
    int count = 0;
    for (int value = at + HEADER + 4; value <= end; value = after(octets, value) + 4) {
      if (++count > MAX_ATTRIBUTES) {
        throw TOO_MANY_ATTRIBUTES.refused();
      }
      if (after(octets, value) > end) {
        throw ATTRIBUTE_OVERRUN.refused();
      }
      int size = Octets.u16(octets, value - 2);
      boolean tail = false;
      switch (Octets.u16(octets, value - 4)) {
        case 0x0008 -> { // MESSAGE-INTEGRITY, section 14.5
          check(size == 20);
          tail = true;
          sha1 = limit == end ? value : sha1;
        }
        case 0x001C -> { // MESSAGE-INTEGRITY-SHA256, section 14.6
          check(size >= 16 && size <= 32 && (size & 3) == 0);
          tail = true;
          sha256 = sha256 == NONE && fingerprint == NONE ? value : sha256;
        }
        case 0x8028 -> { // FINGERPRINT, section 14.7
          check(size == 4);
          tail = true;
          fingerprint = fingerprint == NONE ? value : fingerprint;
        }
        default -> {}
      }
      if (tail && limit == end) {
        limit = value - 4;
      }
    }
    return new StunMessage(octets, at, length, limit, sha1, sha256, fingerprint);
  }

  private static void checkHeader(byte[] octets, int at, int length) throws StunRefused {
    if (length < HEADER) {
      throw TOO_SHORT.refused();
    }
    if ((octets[at] & 0xc0) != 0) {
      throw NOT_STUN.refused();
    }
    if (Octets.u32(octets, at + 4) != MAGIC_COOKIE) {
      throw NO_MAGIC_COOKIE.refused();
    }
    if ((length & 3) != 0 || Octets.u16(octets, at + 2) != length - HEADER) {
      throw LENGTH.refused();
    }
  }

  private static void check(boolean sized) throws StunRefused {
    if (!sized) {
      throw ATTRIBUTE_LENGTH.refused();
    }
  }

  /// The index after an attribute and its padding.
  private static int after(byte[] octets, int value) {
    return value + (Octets.u16(octets, value - 2) + 3 & ~3);
  }

  public StunClass messageClass() {
    int type = Octets.u16(octets, at);
    return StunClass.of(type >> 4 & 1 | type >> 7 & 2);
  }

  /// The method, or null where the registry has none.
  public StunMethod method() {
    return StunMethod.of(methodCode());
  }

  /// The 12 bits of the method, which stand around the two of the class.
  public int methodCode() {
    int type = Octets.u16(octets, at);
    return type & 0x000f | type >> 1 & 0x0070 | type >> 2 & 0x0f80;
  }

  /// A copy of the 12 octets that name the transaction.
  public byte[] transactionId() {
    return Arrays.copyOfRange(octets, at + 8, at + HEADER);
  }

  /// A copy of the whole message.
  public byte[] copy() {
    return Arrays.copyOfRange(octets, at, at + length);
  }

  /// The buffer the message lies in.
  public byte[] octets() {
    return octets;
  }

  /// Index of the first octet of the message.
  public int at() {
    return at;
  }

  /// Octets of the message, header included.
  public int length() {
    return length;
  }

  /// The first attribute that counts, or [#NONE]. Integrity and fingerprint are not walked, nor is
  /// what follows them.
  public int first() {
    return at + HEADER < limit ? at + HEADER + 4 : NONE;
  }

  /// The attribute after this one, or [#NONE].
  public int next(int value) {
    int after = after(octets, value);
    return after < limit ? after + 4 : NONE;
  }

  /// The first attribute of this kind, or [#NONE]; repetitions are ignored (RFC 8489, section 14).
  public int find(StunAttribute attribute) {
    return switch (attribute) {
      case MESSAGE_INTEGRITY -> integrity;
      case MESSAGE_INTEGRITY_SHA256 -> integritySha256;
      case FINGERPRINT -> fingerprint;
      default -> {
        int value = first();
        while (value != NONE && type(value) != attribute.code()) {
          value = next(value);
        }
        yield value;
      }
    };
  }

  public boolean has(StunAttribute attribute) {
    return find(attribute) != NONE;
  }

  /// The 16-bit type of an attribute.
  public int type(int value) {
    return Octets.u16(octets, value - 4);
  }

  /// Octets of an attribute's value, without padding.
  public int length(int value) {
    return Octets.u16(octets, value - 2);
  }

  /// Whether the FINGERPRINT is there and right (RFC 8489, section 14.7).
  public boolean fingerprinted() {
    if (fingerprint == NONE) {
      return false;
    }
    CRC32 crc = new CRC32();
    int covered = fingerprint + 4 - at - HEADER;
    crc.update(octets, at, 2);
    crc.update(covered >> 8);
    crc.update(covered);
    crc.update(octets, at + 4, fingerprint - 4 - at - 4);
    return ((int) crc.getValue() ^ FINGERPRINT_XOR) == Octets.u32(octets, fingerprint);
  }
}
