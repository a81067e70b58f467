/// The router of a room, in parts: one [PacketRing] per incoming RtpStream, one [Rewriter] per
/// outgoing SSRC, what answers and asks for lost packets and key frames, reports, speakers.
///
/// A packet's way: SRTP decrypts into a slot of the ring; for each subscription the [Rewriter]
/// finds its place in the outgoing stream; the header is written with what the rewriter says, the
/// payload encrypted from the slot. All parts are confined to the loop of the room, take time as
/// `now` and know no socket; parts that want to be called later have `deadline()`.
package dev.parley.engine.sfu;
