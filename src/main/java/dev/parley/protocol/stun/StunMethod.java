package dev.parley.protocol.stun;

/// The registry of STUN methods (RFC 8489, section 18.2).
public enum StunMethod {
  BINDING(0x001, 8489, "Binding"),
  ALLOCATE(0x003, 8656, "Allocate"),
  REFRESH(0x004, 8656, "Refresh"),
  SEND(0x006, 8656, "Send"),
  DATA(0x007, 8656, "Data"),
  CREATE_PERMISSION(0x008, 8656, "CreatePermission"),
  CHANNEL_BIND(0x009, 8656, "ChannelBind"),
  CONNECT(0x00A, 6062, "Connect"),
  CONNECTION_BIND(0x00B, 6062, "ConnectionBind"),
  CONNECTION_ATTEMPT(0x00C, 6062, "ConnectionAttempt");

  private static final StunMethod[] BY_CODE = new StunMethod[0x10];

  static {
    for (StunMethod method : values()) {
      BY_CODE[method.code] = method;
    }
  }

  private final int code;
  private final int rfc;
  private final String label;

  StunMethod(int code, int rfc, String label) {
    this.code = code;
    this.rfc = rfc;
    this.label = label;
  }

  /// The method of 12 bits, or null where the registry has none.
  public static StunMethod of(int code) {
    return code >= 0 && code < BY_CODE.length ? BY_CODE[code] : null;
  }

  public int code() {
    return code;
  }

  /// The RFC that defines it.
  public int rfc() {
    return rfc;
  }

  /// The name as the RFC spells it.
  public String label() {
    return label;
  }
}
