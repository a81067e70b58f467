package dev.parley.protocol.rtcp;

/// The registry of RTCP packet types (RFC 3550, section 12.1, and its IANA successor).
public enum RtcpType {
  FIR_2032(192, 2032),
  NACK_2032(193, 2032),
  SMPTETC(194, 5484),
  IJ(195, 5450),
  SR(200, 3550),
  RR(201, 3550),
  SDES(202, 3550),
  BYE(203, 3550),
  APP(204, 3550),
  RTPFB(205, 4585),
  PSFB(206, 4585),
  XR(207, 3611),
  AVB(208, 1733),
  RSI(209, 5760),
  TOKEN(210, 6284),
  IDMS(211, 7272),
  RGRS(212, 8861),
  SNM(213, 8450);

  /// The packet types that cannot be mistaken for RTP on a shared port (RFC 5761, section 4).
  public static final int FIRST = 192;

  /// The last of them.
  public static final int LAST = 223;

  private static final RtcpType[] BY_CODE = new RtcpType[LAST - FIRST + 1];

  static {
    for (RtcpType type : values()) {
      BY_CODE[type.code - FIRST] = type;
    }
  }

  private final int code;
  private final int reference;

  RtcpType(int code, int reference) {
    this.code = code;
    this.reference = reference;
  }

  /// The type of a code, or null where the registry has none.
  public static RtcpType of(int code) {
    return code < FIRST || code > LAST ? null : BY_CODE[code - FIRST];
  }

  /// PT, 192 to 223.
  public int code() {
    return code;
  }

  /// The RFC that defines it; the IEEE standard for AVB.
  public int reference() {
    return reference;
  }
}
