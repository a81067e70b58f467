package dev.parley.protocol.sdp;

import java.util.List;

/// The server's end of the transport, for as long as the peer lives; ICE credentials come apart.
///
/// @param session the id in `o=`: decimal digits, below 2^63 (RFC 9429, section 5.2.1)
/// @param lite whether descriptions say `a=ice-lite`
/// @param candidates all there are, without `a=candidate:`
public record LocalTransport(
    String session, boolean lite, Fingerprint fingerprint, List<String> candidates) {
  public LocalTransport {
    candidates = List.copyOf(candidates);
  }
}
