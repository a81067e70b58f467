package dev.parley.door.livekit.api;

import java.util.Locale;

/// A request to this door, free of the container.
///
/// @param verb of HTTP
/// @param path below `/twirp/`: `<service>/<Method>`
/// @param contentType or null
/// @param authorization the header field, or null
/// @param body cut off behind the most octets any body may have
record Call(String verb, String path, String contentType, String authorization, byte[] body) {
  /// The most octets of a body: room for metadata and data at their longest, in base64 too.
  static final int MOST = 256 * 1024;

  private static final String BEARER = "bearer ";

  /// The access token (RFC 6750, section 2.1), or null.
  String token() {
    if (authorization == null || !authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
      return null;
    }
    return authorization.substring(BEARER.length()).strip();
  }

  /// Without token and body.
  @Override
  public String toString() {
    return "Call[" + verb + "]";
  }
}
