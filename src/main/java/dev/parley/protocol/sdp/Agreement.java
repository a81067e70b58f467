package dev.parley.protocol.sdp;

import java.util.List;

/// Where the two ends stand after an exchange.
///
/// @param restarted whether ICE begins anew: both ends have new credentials (RFC 8839, section
///   4.4.1.1.1)
/// @param rekeyed whether the client comes with another certificate: a new DTLS association (RFC
///   8842, section 4)
/// @param local the server's ICE credentials
/// @param remote the client's end, null while it has had no open section
/// @param role of the server in DTLS, PASSIVE or ACTIVE
/// @param sections all there are, closed ones included
/// @param data the client's end of the data channels, null where there is no section for them
public record Agreement(
    boolean restarted,
    boolean rekeyed,
    IceParameters local,
    RemoteTransport remote,
    Setup role,
    List<Section> sections,
    DataTransport data) {
  public Agreement {
    sections = List.copyOf(sections);
  }
}
