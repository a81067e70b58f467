package dev.parley.protocol.sdp;

import java.util.HexFormat;

/// The profile in a `profile-level-id`, which several values spell (RFC 6184, section 8.1, table
/// 5).
///
/// ```
///  0                   1                   2
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |  profile_idc  | constraint 0-5|0 0|  level_idc |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
enum H264Profile {
  CONSTRAINED_BASELINE,
  BASELINE,
  MAIN,
  EXTENDED,
  HIGH,
  CONSTRAINED_HIGH,
  PREDICTIVE_HIGH_444,
  /// None of the table: matches nothing.
  UNKNOWN;

  /// Baseline at level 1 where nothing was said (RFC 6184, section 8.1).
  private static final String UNSAID = "42000a";

  static H264Profile of(String profileLevelId) {
    String text = profileLevelId == null ? UNSAID : profileLevelId;
    if (text.length() != 6 || !text.chars().allMatch(HexFormat::isHexDigit)) {
      return UNKNOWN;
    }
    int idc = HexFormat.fromHexDigits(text, 0, 2);
    int constraints = HexFormat.fromHexDigits(text, 2, 4);
    return switch (idc) {
      case 0x42 -> baseline(constraints);
      case 0x4d -> main(constraints);
      case 0x58 -> extended(constraints);
      case 0x64 -> constraints == 0x00 ? HIGH : constraints == 0x0c ? CONSTRAINED_HIGH : UNKNOWN;
      case 0xf4 -> constraints == 0x00 ? PREDICTIVE_HIGH_444 : UNKNOWN;
      default -> UNKNOWN;
    };
  }

  private static H264Profile baseline(int constraints) {
    return switch (constraints & 0x4f) {
      case 0x40 -> CONSTRAINED_BASELINE; // x1xx0000
      case 0x00 -> BASELINE; // x0xx0000
      default -> UNKNOWN;
    };
  }

  private static H264Profile main(int constraints) {
    if ((constraints & 0x8f) == 0x80) { // 1xxx0000
      return CONSTRAINED_BASELINE;
    }
    return (constraints & 0xaf) == 0 ? MAIN : UNKNOWN; // 0x0x0000
  }

  private static H264Profile extended(int constraints) {
    return switch (constraints & 0xcf) {
      case 0xc0 -> CONSTRAINED_BASELINE; // 11xx0000
      case 0x80 -> BASELINE; // 10xx0000
      case 0x00 -> EXTENDED; // 00xx0000
      default -> UNKNOWN;
    };
  }
}
