package dev.parley.protocol.srtp;

/// The registry of SRTP protection profiles (RFC 5764, section 4.1.2; RFC 7714, section 14.2), in
/// the order in which this server prefers them.
///
/// Lengths are octets.
public enum SrtpProfile {
  AEAD_AES_128_GCM(0x0007, 16, 12, 0, 16),
  AEAD_AES_256_GCM(0x0008, 32, 12, 0, 16),
  SRTP_AES128_CM_HMAC_SHA1_80(0x0001, 16, 14, 20, 10);

  private static final SrtpProfile[] BY_CODE = new SrtpProfile[0x10];

  static {
    for (SrtpProfile profile : values()) {
      BY_CODE[profile.code] = profile;
    }
  }

  private final int code;
  private final int keyLength;
  private final int saltLength;
  private final int authKeyLength;
  private final int tagLength;

  SrtpProfile(int code, int keyLength, int saltLength, int authKeyLength, int tagLength) {
    this.code = code;
    this.keyLength = keyLength;
    this.saltLength = saltLength;
    this.authKeyLength = authKeyLength;
    this.tagLength = tagLength;
  }

  /// The profile of two octets in `use_srtp`, or null where the registry has none.
  public static SrtpProfile of(int code) {
    return code >= 0 && code < BY_CODE.length ? BY_CODE[code] : null;
  }

  /// The number in `use_srtp`, 16 bits.
  public int code() {
    return code;
  }

  /// Of the master key and of the session key.
  public int keyLength() {
    return keyLength;
  }

  /// Of the master salt and of the session salt.
  public int saltLength() {
    return saltLength;
  }

  /// Of the session's authentication key; 0 where the cipher authenticates.
  int authKeyLength() {
    return authKeyLength;
  }

  /// Whether one cipher encrypts and authenticates (RFC 7714).
  public boolean aead() {
    return authKeyLength == 0;
  }

  /// The authentication tag of an RTP packet.
  public int rtpTagLength() {
    return tagLength;
  }

  /// The authentication tag of a control packet.
  public int rtcpTagLength() {
    return tagLength;
  }

  /// How much longer a protected RTP packet is than the plain one.
  public int rtpOverhead() {
    return tagLength;
  }

  /// How much longer a protected control packet is than the plain one: tag, E bit and index.
  public int rtcpOverhead() {
    return tagLength + 4;
  }

  /// What the DTLS exporter has to give (RFC 5764, section 4.2).
  public int exporterLength() {
    return 2 * (keyLength + saltLength);
  }
}
