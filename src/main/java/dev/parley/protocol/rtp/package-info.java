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
/// - The dependency descriptor (AV1 RTP appendix A): at most 8 spatial and temporal layers, 64
///   templates and 8 references a frame; what has more is malformed. Its frame number is written
///   anew where a forwarder changes sources, since receivers refuse a structure that comes with a
///   lower number than they have seen; what is left out of one source closes no gap, because
///   references count by it. The mask of active decode targets is written where a receiver gets
///   less than all. Template ids go on as they came: a new source's first frame brings its
///   structure.
/// - H.264 layers are told by nal_ref_idc alone where there is no descriptor; its SVC prefix units
///   and the expired frame marking extension are not looked at.
package dev.parley.protocol.rtp;
