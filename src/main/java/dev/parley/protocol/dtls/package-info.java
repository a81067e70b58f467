/// DTLS 1.2 (RFC 6347) over BouncyCastle, turned inside out: datagrams in, datagrams and messages
/// out, no socket.
///
/// A [dev.parley.protocol.dtls.DtlsConnection] is one connection; before it,
/// [dev.parley.protocol.dtls.ClientHelloPart] and [dev.parley.protocol.dtls.DtlsCookies] deal with
/// strangers without keeping anything, and [dev.parley.protocol.dtls.HelloAssembly] puts a
/// fragmented hello together.
///
/// ## Assumptions
///
/// - The handshake blocks inside BouncyCastle, so it runs on a virtual thread of its own and keeps
///   its own time for retransmission; a thread that owns a connection never waits for it.
/// - Retransmission begins after half a second, not after the second of RFC 6347, section 4.2.4.1.
/// - The cookie covers the 5-tuple and the client's random value, not the other parameters (section
///   4.2.1 leaves the choice): these stand in the first fragment of a hello. A fragment that
///   overtakes the first one is dropped and comes again with the retransmission.
/// - No session resumption, no renegotiation, no compression, no client certificates yet.
package dev.parley.protocol.dtls;
