package dev.parley.protocol.sdp;

import java.util.Locale;

/// Attributes that say all by being there.
public enum Flag implements Attribute {
  /// Session level: the writer is ICE lite (RFC 8839, section 5.3).
  ICE_LITE,
  /// No candidate follows (RFC 8840, section 8.2).
  END_OF_CANDIDATES,
  /// RTP and RTCP share a port (RFC 5761, section 5.1.3).
  RTCP_MUX,
  /// ... and never come apart (RFC 8858).
  RTCP_MUX_ONLY,
  /// Reduced-size RTCP is understood (RFC 5506, section 5).
  RTCP_RSIZE,
  /// One- and two-byte header extensions may mix (RFC 8285, section 6).
  EXTMAP_ALLOW_MIXED,
  /// The section has no transport but the bundle's; its port 0 does not reject it (RFC 8843,
  /// section 6).
  BUNDLE_ONLY;

  @Override
  public String attribute() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  public String value() {
    return null;
  }
}
