package dev.parley.protocol.stun;

/// The class of a STUN message (RFC 8489, section 5); the ordinal is its two bits C1 C0.
public enum StunClass {
  REQUEST,
  INDICATION,
  SUCCESS_RESPONSE,
  ERROR_RESPONSE;

  private static final StunClass[] BY_BITS = values();

  static StunClass of(int bits) {
    return BY_BITS[bits];
  }
}
