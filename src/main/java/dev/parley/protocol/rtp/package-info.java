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
/// - Key frames are told by the payload header where it says so (VP8, VP9, AV1), because the frame
///   behind it may be encrypted end to end; H.264 and H.265 have NAL unit headers alone, and an
///   application that encrypts them is served only if it leaves them in the clear.
/// - VP9 without a picture ID is accepted in flexible mode: a forwarder follows no references.
/// - H.264 has packetization modes 0 and 1 (RFC 6184 section 5.4): what belongs to the interleaved
///   mode is malformed. H.265 has no decoding order numbers and no PACI (RFC 7798 section 4.4.4).
/// - RFC 2198 sets no limit to redundant blocks; we refuse more than [RedPayload#MOST_BLOCKS].
/// - The dependency descriptor (AV1 RTP appendix A) is forwarded unread; its parser comes with the
///   selection of layers.
package dev.parley.protocol.rtp;
