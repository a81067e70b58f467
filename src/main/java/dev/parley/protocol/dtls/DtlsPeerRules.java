package dev.parley.protocol.dtls;

import java.time.Duration;
import java.util.List;

/// What one end of a WebRTC connection shows the other and asks of it (RFC 8827, section 6.5).
///
/// @param identity a self-signed one; connections keep theirs when the owner turns to a new one
/// @param expected what the peer's session description vouches for; empty where it has not come
///   yet, and then [DtlsConnection#expect] brings it
/// @param srtpProfiles codes of the registry of RFC 5764, section 4.1.2, the one liked best first;
///   empty for a connection without media, which does without the extension
/// @param within the time the handshake may take, from its first datagram
public record DtlsPeerRules(
    DtlsIdentity identity,
    List<Fingerprint> expected,
    List<Integer> srtpProfiles,
    Duration within) {
  public DtlsPeerRules {
    expected = List.copyOf(expected);
    srtpProfiles = List.copyOf(srtpProfiles);
  }
}
