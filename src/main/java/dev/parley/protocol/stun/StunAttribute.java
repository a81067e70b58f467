package dev.parley.protocol.stun;

/// The registry of STUN attributes (RFC 8489, section 18.3), with those of TURN, ICE and their
/// relatives.
///
/// Types up to 0x7FFF must be comprehended, others may be ignored (RFC 8489, section 14).
public enum StunAttribute {
  MAPPED_ADDRESS(0x0001, 8489),
  CHANGE_REQUEST(0x0003, 5780),
  USERNAME(0x0006, 8489),
  MESSAGE_INTEGRITY(0x0008, 8489),
  ERROR_CODE(0x0009, 8489),
  UNKNOWN_ATTRIBUTES(0x000A, 8489),
  CHANNEL_NUMBER(0x000C, 8656),
  LIFETIME(0x000D, 8656),
  XOR_PEER_ADDRESS(0x0012, 8656),
  DATA(0x0013, 8656),
  REALM(0x0014, 8489),
  NONCE(0x0015, 8489),
  XOR_RELAYED_ADDRESS(0x0016, 8656),
  REQUESTED_ADDRESS_FAMILY(0x0017, 8656),
  EVEN_PORT(0x0018, 8656),
  REQUESTED_TRANSPORT(0x0019, 8656),
  DONT_FRAGMENT(0x001A, 8656),
  ACCESS_TOKEN(0x001B, 7635),
  MESSAGE_INTEGRITY_SHA256(0x001C, 8489),
  PASSWORD_ALGORITHM(0x001D, 8489),
  USERHASH(0x001E, 8489),
  XOR_MAPPED_ADDRESS(0x0020, 8489),
  RESERVATION_TOKEN(0x0022, 8656),
  PRIORITY(0x0024, 8445),
  USE_CANDIDATE(0x0025, 8445),
  PADDING(0x0026, 5780),
  RESPONSE_PORT(0x0027, 5780),
  CONNECTION_ID(0x002A, 6062),
  ADDITIONAL_ADDRESS_FAMILY(0x8000, 8656),
  ADDRESS_ERROR_CODE(0x8001, 8656),
  PASSWORD_ALGORITHMS(0x8002, 8489),
  ALTERNATE_DOMAIN(0x8003, 8489),
  ICMP(0x8004, 8656),
  SOFTWARE(0x8022, 8489),
  ALTERNATE_SERVER(0x8023, 8489),
  CACHE_TIMEOUT(0x8027, 5780),
  FINGERPRINT(0x8028, 8489),
  ICE_CONTROLLED(0x8029, 8445),
  ICE_CONTROLLING(0x802A, 8445),
  RESPONSE_ORIGIN(0x802B, 5780),
  OTHER_ADDRESS(0x802C, 5780),
  THIRD_PARTY_AUTHORIZATION(0x802E, 7635),
  MOBILITY_TICKET(0x8030, 8016);

  /// Codes of each half of the registry in use, so that a table finds a row without a search.
  private static final int ROWS = 0x40;

  private static final StunAttribute[] REQUIRED = new StunAttribute[ROWS];
  private static final StunAttribute[] OPTIONAL = new StunAttribute[ROWS];

  static {
    for (StunAttribute attribute : values()) {
      (attribute.comprehensionRequired() ? REQUIRED : OPTIONAL)[attribute.code & 0x7fff] =
          attribute;
    }
  }

  private final int code;
  private final int rfc;

  StunAttribute(int code, int rfc) {
    this.code = code;
    this.rfc = rfc;
  }

  /// The attribute of a type, or null where the registry has none.
  public static StunAttribute of(int code) {
    int row = code & 0x7fff;
    return row >= ROWS ? null : comprehensionRequired(code) ? REQUIRED[row] : OPTIONAL[row];
  }

  /// Whether an agent that does not know this type must not act on the message.
  public static boolean comprehensionRequired(int code) {
    return (code & 0x8000) == 0;
  }

  public boolean comprehensionRequired() {
    return comprehensionRequired(code);
  }

  public int code() {
    return code;
  }

  /// The RFC that defines it.
  public int rfc() {
    return rfc;
  }

  /// The name as the RFC spells it, `XOR-MAPPED-ADDRESS`.
  public String label() {
    return name().replace('_', '-');
  }
}
