/// The router of a room, in parts: one [PacketRing] per incoming RtpStream, one [Rewriter] per
/// outgoing SSRC, what answers and asks for lost packets and key frames, reports, speakers.
///
/// A packet's way: SRTP decrypts into a slot of the ring; for each subscription the [Rewriter]
/// finds its place in the outgoing stream; the header is written with what the rewriter says, the
/// payload encrypted from the slot.
///
/// An [SfuEngine] is one loop's [Rooms]; a [Router] is one room with its [Member]s, each the owner
/// of one peer; a [PublishedTrack] has a [Layer] per incoming RtpStream and a [Subscription] per
/// receiver, whose [Outlet] is the one outgoing RtpStream. Rooms see of a peer what [PeerEnd] says,
/// so that they are tested without clients too. What changes what a peer is to be sent is told to
/// it once, at the end of the turn. All parts are confined to the loop of the room, take time as
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
/// - KEYIDX of VP8 (RFC 7741) is passed on as it is, also across a switch of source: it names key
///   frames of one encoder, and browsers neither send nor read it.
/// - A NACK is answered for 2 s and as long as the ring holds the packet; who asks later needs a
///   key frame.
/// - The better of two layers is the larger one where both say how large they are (VP8 key frames,
///   VP9's structure, H.264's parameter sets, dependency descriptors), else the one of more octets:
///   names and order of `rid`s promise nothing ([Ladder]).
/// - A layer is not there after 2 s without a packet; where others of its track come on, after
///   three frames' time, 750 ms at least.
/// - VP8 and VP9 are taken apart by their own descriptors, which are always in the clear; AV1, and
///   H.264 and H.265 where they have them, by dependency descriptors ([Gate]). An upper spatial
///   layer that begins with a picture of its own in the middle of a picture of VP9 makes that
///   picture's last packets two, each marked.
/// - K-SVC of VP9 is forwarded with all lower layers of each picture, which is more than is needed
///   and can always be decoded. Rungs of AV1 cost what all their layers cost, likewise.
/// - A late packet of what was left out is replaced by one without payload: its number had been
///   kept free, and nobody could decode it.
/// - What a grant leaves out is in use nevertheless: publishers send all up to the largest layer
///   that anybody shows, so that there is something to fall back to and to rise to ([LayersInUse]).
/// - Where nothing looks like a key frame for 3 s in which packets come, as in payloads encrypted
///   end to end, a subscription begins anywhere, and the receiver asks for what it needs.
/// - A stream that begins under the same `rid`, or without one, takes the place of the one before,
///   as SSRCs may change without notice.
/// - RED goes to who takes it, unchanged; to others without the copies, if they take what is
///   within.
/// - Held sections ([HeldSections]) take any track whose codec they have, and that is the one its
///   packets are of by now, at first the publisher's favourite. A track that goes on in another
///   codec moves to a section that has it. Between two audio tracks of different clock rates in one
///   section, the first step of the timestamp is counted at 48 kHz (RFC 7160 wants an SSRC each,
///   which a single exchange cannot announce).
/// - Data messages of a member wait at their sender's: its association is not read from while one
///   that they go to cannot follow, the room is sent more than it may, or signaling has not dealt
///   with what was told. So the slowest receiver holds up all that its sender says, for 30 s at
///   most.
/// - RTCP intervals are those of a session of two (RFC 3550 section 6.3 without reconsideration).
package dev.parley.engine.sfu;
