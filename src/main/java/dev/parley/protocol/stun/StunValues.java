package dev.parley.protocol.stun;

import static dev.parley.protocol.stun.StunRefused.Reason.ADDRESS_FAMILY;
import static dev.parley.protocol.stun.StunRefused.Reason.ATTRIBUTE_LENGTH;
import static dev.parley.protocol.stun.StunRefused.Reason.ERROR_CODE;
import static dev.parley.protocol.stun.StunRefused.Reason.NOT_UTF_8;

import dev.parley.wire.Octets;
import dev.parley.wire.TransportAddress;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// The values of STUN attributes, read where they lie (RFC 8489, section 14).
///
/// Every method takes a message and the index of an attribute's value in it, checks what the
/// attribute's format says about its length, and throws [StunRefused] where the value breaks it.
public final class StunValues {
  static final int IPV4 = 1;
  static final int IPV6 = 2;
  static final int PORT_XOR = StunMessage.MAGIC_COOKIE >>> 16;

  /// Most octets of USERNAME (RFC 8489, section 14.3).
  static final int MAX_USERNAME = 508;

  /// Most octets of REALM, NONCE, SOFTWARE and reason phrases when decoding (RFC 8489, sections
  /// 14.8 to 14.14).
  static final int MAX_TEXT = 763;

  private StunValues() {}

  /// A number of 32 bits, as of LIFETIME and PRIORITY.
  public static int u32(StunMessage message, int value) throws StunRefused {
    sized(message.length(value) == 4);
    return Octets.u32(message.octets(), value);
  }

  /// A number of 64 bits, as of ICE-CONTROLLED and RESERVATION-TOKEN.
  public static long u64(StunMessage message, int value) throws StunRefused {
    sized(message.length(value) == 8);
    return Octets.u64(message.octets(), value);
  }

  /// A plain address, as of MAPPED-ADDRESS and ALTERNATE-SERVER (RFC 8489, section 14.1).
  public static TransportAddress address(StunMessage message, int value) throws StunRefused {
    return address(message, value, 0, 0, 0);
  }

  /// An XORed address, as of XOR-MAPPED-ADDRESS (RFC 8489, section 14.2).
  public static TransportAddress xorAddress(StunMessage message, int value) throws StunRefused {
    byte[] octets = message.octets();
    long high = Octets.u64(octets, message.at() + 4);
    long low = Octets.u64(octets, message.at() + 12);
    return address(message, value, PORT_XOR, high, low);
  }

  private static TransportAddress address(
      StunMessage message, int value, int portXor, long highXor, long lowXor) throws StunRefused {
    byte[] octets = message.octets();
    sized(message.length(value) >= 8);
    int port = Octets.u16(octets, value + 2) ^ portXor;
    switch (Octets.u8(octets, value + 1)) {
      case IPV4 -> {
        sized(message.length(value) == 8);
        int bits = Octets.u32(octets, value + 4) ^ (int) (highXor >>> 32);
        return TransportAddress.ipv4(bits, port);
      }
      case IPV6 -> {
        sized(message.length(value) == 20);
        long high = Octets.u64(octets, value + 4) ^ highXor;
        long low = Octets.u64(octets, value + 12) ^ lowXor;
        return new TransportAddress(high, low, port);
      }
      default -> throw ADDRESS_FAMILY.refused();
    }
  }

  /// Text, as of USERNAME, REALM, NONCE and SOFTWARE: UTF-8 of bounded length.
  public static String text(StunMessage message, int value) throws StunRefused {
    int length = message.length(value);
    boolean username = message.type(value) == StunAttribute.USERNAME.code();
    sized(length <= (username ? MAX_USERNAME : MAX_TEXT));
    return utf8(message.octets(), value, length);
  }

  /// The code of ERROR-CODE, 300 to 699 (RFC 8489, section 14.8); known or not to [StunError].
  public static int errorCode(StunMessage message, int value) throws StunRefused {
    sized(message.length(value) >= 4);
    int hundreds = Octets.u8(message.octets(), value + 2) & 7;
    int rest = Octets.u8(message.octets(), value + 3);
    if (hundreds < 3 || hundreds > 6 || rest > 99) {
      throw ERROR_CODE.refused();
    }
    return hundreds * 100 + rest;
  }

  /// The reason phrase of ERROR-CODE, possibly empty.
  public static String errorPhrase(StunMessage message, int value) throws StunRefused {
    int length = message.length(value);
    sized(length >= 4 && length - 4 <= MAX_TEXT);
    return utf8(message.octets(), value + 4, length - 4);
  }

  /// The types listed by UNKNOWN-ATTRIBUTES (RFC 8489, section 14.9).
  public static int[] unknownAttributes(StunMessage message, int value) throws StunRefused {
    sized((message.length(value) & 1) == 0);
    int[] types = new int[message.length(value) / 2];
    for (int i = 0; i < types.length; i++) {
      types[i] = Octets.u16(message.octets(), value + 2 * i);
    }
    return types;
  }

  private static String utf8(byte[] octets, int at, int length) throws StunRefused {
    try {
      ByteBuffer text = ByteBuffer.wrap(octets, at, length);
      return StandardCharsets.UTF_8.newDecoder().decode(text).toString();
    } catch (CharacterCodingException e) {
      throw NOT_UTF_8.refused();
    }
  }

  private static void sized(boolean rightly) throws StunRefused {
    if (!rightly) {
      throw ATTRIBUTE_LENGTH.refused();
    }
  }
}
