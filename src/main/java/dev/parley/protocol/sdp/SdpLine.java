package dev.parley.protocol.sdp;

/// A line that is neither `v=`, `o=`, `s=`, `m=` nor `a=` (RFC 8866, section 5), opaque here.
public record SdpLine(char type, String value) {
  /// The address of a section whose address is in its candidates (RFC 8839, section 4.3.1).
  static final SdpLine NOWHERE = new SdpLine('c', "IN IP4 0.0.0.0");
}
