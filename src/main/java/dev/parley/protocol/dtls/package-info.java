/// DTLS 1.2 (RFC 6347) over BouncyCastle, turned inside out: datagrams in, datagrams and messages
/// out, no socket.
///
/// A [dev.parley.protocol.dtls.DtlsConnection] is one connection; before it,
/// [dev.parley.protocol.dtls.ClientHelloPart] and [dev.parley.protocol.dtls.DtlsCookies] deal with
/// strangers without keeping anything, and [dev.parley.protocol.dtls.HelloAssembly] puts a
/// fragmented hello together.
///
/// WebRTC's connections (RFC 8827, RFC 5763, RFC 5764) have either role: what they show and want is
/// [dev.parley.protocol.dtls.DtlsPeerRules], and why one ended is
/// [dev.parley.protocol.dtls.DtlsEnd].
///
/// ## Assumptions
///
/// - The handshake blocks inside BouncyCastle, so it runs on a virtual thread of its own and keeps
///   its own time for retransmission; a thread that owns a connection never waits for it.
/// - Retransmission begins after half a second, for WebRTC after a quarter, not after the second of
///   RFC 6347, section 4.2.4.1.
/// - A flight that nobody answers is said again each second at least, where RFC 6347, section
///   4.2.4.1, doubles the time up to a minute: a handshake has less than that in all, and a
///   repeated flight is a datagram or two. What is said between BouncyCastle's own repetitions is
///   the same octet by octet, sequence numbers too.
/// - The passive end says its last flight again for any record of the handshake that comes
///   afterwards, 64 times at most; section 4.2.4 asks for it where the peer's whole flight comes
///   again.
/// - The cookie covers the 5-tuple and the client's random value, not the other parameters (section
///   4.2.1 leaves the choice): these stand in the first fragment of a hello. A fragment that
///   overtakes the first one is dropped and comes again with the retransmission.
/// - WebRTC's passive end asks for no cookie: ICE has verified the address (RFC 8842, section 7).
/// - Who is where ICE has found the peer can end a handshake by a plaintext alert or message, which
///   nothing authenticates; an established connection drops all plaintext but the peer's last
///   flight.
/// - The keys of SRTP are exported from sessions with extended master secret only, and no end has
///   an MKI.
/// - RSA certificates prove themselves by PKCS #1 signatures, not by RSA-PSS.
/// - A handshake message larger than 8,192 octets is dropped.
/// - No DTLS 1.3 (RFC 9147): who offers it as well is answered with 1.2. No session resumption, no
///   renegotiation, no compression; client certificates for WebRTC only.
package dev.parley.protocol.dtls;
