package dev.parley.wire;

/// The 5-tuple between a client and this server (RFC 8656, section 3): the one value that tells
/// where a message came from and where its answer goes.
///
/// Engines treat it as a key and hand it back with what they transmit; the adapter interns it per
/// socket and finds the socket by it.
///
/// @param transport how the two are connected
/// @param local the server's transport address: the bound one for datagrams, the accepted one for
///   streams
/// @param remote the client's transport address as the server sees it
public record FiveTuple(Transport transport, TransportAddress local, TransportAddress remote) {}
