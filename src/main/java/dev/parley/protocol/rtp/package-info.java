/// RTP packets (RFC 3550), their header extensions (RFC 8285) and the payload headers an SFU looks
/// at, sans I/O.
///
/// Everything here is hot: static methods over `(octets, at, length)` with absolute indices, that
/// allocate nothing. A packet, a block or a payload that is not well formed makes a refusal value
/// (negative, or false); nothing here throws for what a peer has sent.
///
/// ## Assumptions
///
/// - Octets 192 to 223 behind the first make RTCP (RFC 5761 section 4). Payload types 64 to 95
///   without the marker bit are RTP by shape; no offer of ours has them.
package dev.parley.protocol.rtp;
