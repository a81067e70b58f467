package dev.parley.protocol.rtp;

import java.util.HexFormat;

/// Octets as tests write them: hexadecimal digits with spaces where they help the eye.
final class Hex {
  private Hex() {}

  static byte[] octets(String digits) {
    return HexFormat.of().parseHex(digits.replace(" ", ""));
  }

  static String of(byte[] octets, int at, int length) {
    return HexFormat.of().formatHex(octets, at, at + length);
  }
}
