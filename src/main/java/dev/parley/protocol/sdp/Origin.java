package dev.parley.protocol.sdp;

/// Who made a description, and which version of it this is (RFC 8866, section 5.2).
///
/// @param username `-` for none
/// @param id decimal digits
/// @param version decimal digits, one more with every new description (RFC 3264, section 8)
/// @param address net type, address type and address: of no use here
public record Origin(String username, String id, String version, String address) {
  static final Origin NONE = new Origin("-", "0", "0", "IN IP4 127.0.0.1");
}
