package dev.parley.protocol.sdp;

import java.util.Locale;

/// Who opens the DTLS association (RFC 4145, section 4; RFC 8842, section 5).
public enum Setup implements Attribute {
  /// The DTLS client.
  ACTIVE,
  /// The DTLS server.
  PASSIVE,
  /// Either, the other end chooses: only in offers.
  ACTPASS,
  HOLDCONN;

  @Override
  public String attribute() {
    return "setup";
  }

  @Override
  public String value() {
    return name().toLowerCase(Locale.ROOT);
  }
}
