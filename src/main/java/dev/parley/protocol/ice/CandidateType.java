package dev.parley.protocol.ice;

/// The registry of candidate types with their recommended type preferences (RFC 8445, section
/// 5.1.2.2).
public enum CandidateType {
  HOST("host", 126),
  SRFLX("srflx", 100),
  PRFLX("prflx", 110),
  RELAY("relay", 0);

  private final String token;
  private final int preference;

  CandidateType(String token, int preference) {
    this.token = token;
    this.preference = preference;
  }

  /// The type of a token, in any case, or null.
  static CandidateType of(String token) {
    for (CandidateType type : values()) {
      if (type.token.equalsIgnoreCase(token)) {
        return type;
      }
    }
    return null;
  }

  /// As a candidate-attribute writes it, `srflx`.
  public String token() {
    return token;
  }

  /// 0 to 126, more is better.
  public int preference() {
    return preference;
  }
}
