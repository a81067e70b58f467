package dev.parley.signal;

import java.util.List;

/// A STUN or TURN server as `RTCIceServer` of the W3C text has it.
///
/// @param urls `stun:`, `turn:` or `turns:` URLs (RFC 7064, RFC 7065)
/// @param username null for STUN
/// @param credential null for STUN
public record IceServer(List<String> urls, String username, String credential) {
  public IceServer {
    urls = List.copyOf(urls);
  }

  /// Says only where it is: the credential stays out of logs.
  @Override
  public String toString() {
    return "IceServer" + urls;
  }
}
