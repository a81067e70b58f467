/// The router of a room, in parts: one [PacketRing] per incoming RtpStream, one [Rewriter] per
/// outgoing SSRC, what answers and asks for lost packets and key frames, reports, speakers.
///
/// A packet's way: SRTP decrypts into a slot of the ring; for each subscription the [Rewriter]
/// finds its place in the outgoing stream; the header is written with what the rewriter says, the
/// payload encrypted from the slot. All parts are confined to the loop of the room, take time as
/// `now` and know no socket; parts that want to be called later have `deadline()`.
///
/// ## Assumptions
///
/// - Packets in a ring are authentic: statistics and rings count from the first packet on, without
///   the probation of RFC 3550 appendix A.1. A publisher that lies about its sequence numbers harms
///   its own stream.
/// - **RTX moves no stream on.** An unwrapped retransmission is committed only if
///   [PacketRing#missing] says that its number is older than the newest; statistics do not count it
///   for the primary stream.
/// - Packets of padding alone ([PacketRing#payloadLength] 0) are bandwidth probes: they are dropped
///   with their number, so that receivers see no gap.
/// - A switch of source advances the timestamp by the time between arrivals, so it is out by the
///   difference of two transit times; sender reports, which follow the publisher's own clock, keep
///   lips and voices in step all the same.
/// - KEYIDX of VP8 (RFC 7741) is passed on as it is, also across a switch of source.
/// - A NACK is answered for 2 s and as long as the ring holds the packet; who asks later needs a
///   key frame.
/// - RTCP intervals are those of a session of two (RFC 3550 section 6.3 without reconsideration).
package dev.parley.engine.sfu;
