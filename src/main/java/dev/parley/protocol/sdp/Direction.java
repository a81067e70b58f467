package dev.parley.protocol.sdp;

import java.util.Locale;

/// Which way media flows in a section, seen from who wrote it (RFC 8866, section 6.7).
public enum Direction implements Attribute {
  INACTIVE(false, false),
  SENDONLY(true, false),
  RECVONLY(false, true),
  SENDRECV(true, true);

  private final boolean sends;
  private final boolean receives;

  Direction(boolean sends, boolean receives) {
    this.sends = sends;
    this.receives = receives;
  }

  public static Direction of(boolean sends, boolean receives) {
    return values()[(sends ? 1 : 0) + (receives ? 2 : 0)];
  }

  public boolean sends() {
    return sends;
  }

  public boolean receives() {
    return receives;
  }

  /// The same seen from the other end.
  public Direction reversed() {
    return of(receives, sends);
  }

  @Override
  public String attribute() {
    return name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String value() {
    return null;
  }
}
