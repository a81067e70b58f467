package dev.parley.protocol.sctp;

/// Serial number arithmetic (RFC 1982) on TSNs of 32 bits and SSNs of 16 (RFC 9260, section 1.6).
final class Serial {
  private Serial() {}

  static boolean after(int tsn, int other) {
    return tsn - other > 0;
  }

  static boolean ssnAfter(int ssn, int other) {
    return (short) (ssn - other) > 0;
  }
}
