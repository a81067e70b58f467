package dev.parley.protocol.sdp;

import java.util.List;

/// The client's end of the bundle's one transport, from its tagged section (RFC 8843, section 7).
///
/// @param fingerprints those still strong; the client's certificate must have one of them
/// @param candidates what the description had, opaque; others may trickle in
public record RemoteTransport(
    IceParameters ice, List<Fingerprint> fingerprints, List<String> candidates) {
  public RemoteTransport {
    fingerprints = List.copyOf(fingerprints);
    candidates = List.copyOf(candidates);
  }
}
