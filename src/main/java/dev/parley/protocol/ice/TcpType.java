package dev.parley.protocol.ice;

/// Who opens the connection of a TCP candidate (RFC 6544, section 4.5).
public enum TcpType {
  ACTIVE("active", 6),
  PASSIVE("passive", 4),
  SO("so", 2);

  private final String token;
  private final int direction;

  TcpType(String token, int direction) {
    this.token = token;
    this.direction = direction;
  }

  /// The type of a token, in any case, or null.
  static TcpType of(String token) {
    for (TcpType type : values()) {
      if (type.token.equalsIgnoreCase(token)) {
        return type;
      }
    }
    return null;
  }

  /// As a candidate-attribute writes it, `passive`.
  public String token() {
    return token;
  }

  /// The direction preference of host candidates, 0 to 7 (RFC 6544, section 4.2).
  public int direction() {
    return direction;
  }
}
