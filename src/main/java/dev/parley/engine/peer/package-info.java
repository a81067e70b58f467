/// The server end of one PeerConnection: ICE, DTLS, SRTP, RTCP and negotiation wired together.
///
/// [Peer] takes datagrams, descriptions and time and tells its [PeerSide] what happens; media goes
/// straight from cipher text into an [RtpSink] and out through a [Sender]. What the peers of a loop
/// share is in [PeerKit].
///
/// ## Assumptions
///
/// - A peer waits 30 s for the first check after the descriptions were exchanged and 15 s for DTLS
///   after that; before an exchange it waits for ever, because whoever opened it will close it.
/// - DTLS is taken from paths that ICE has verified only, SRTP from wherever it is authentic: the
///   table of paths is made of verified ones.
/// - Who is heard is told by ICE alone; media does not break a silence.
/// - An SSRC is what its description says, else what its packets say (RFC 9143, section 9.2), else
///   of the only section with that payload type. In a section with layers only the extension names
///   the layer; packets without a name are dropped until one comes with it. SSRCs are told apart
///   for the life of the keys, 512 of them; later ones are not heard.
/// - Packets of padding alone are given to the sink like others: it must drop their numbers. A
///   packet of a payload type that the section does not have is dropped, but transport-wide
///   feedback speaks of it.
/// - After BYE a stream goes on, as a new one, with packets newer than those before (browsers say
///   BYE whenever a track is paused).
/// - Statistics count a retransmission for the RTX stream only.
/// - Transport-wide feedback goes out every 75 ms while packets arrive.
/// - Every RTP packet to the client carries a transport-wide number where that is agreed, else the
///   time of sending. Feedback is heard whatever SSRC it comes from or is about: it is the
///   transport's.
/// - A packet that has to wait is numbered and protected as it leaves, so that numbers are in the
///   order of departure and what is dropped while it waits leaves no gap in them. It waits half a
///   second at most; what is dropped is lost to the receiver, which asks for it again.
/// - Probes are padding in a stream of retransmissions (browsers send the same); to a client that
///   has agreed on none no padding is sent.
/// - The mid is written until the client has reported on the stream (as libwebrtc does); the RTX
///   stream carries no name of a layer, since a subscription has none.
/// - RED is forwarded only where the payload type within is the same at both ends: its blocks name
///   it (RFC 2198, section 3).
/// - No number of an outgoing SSRC is used twice under one key: where a track is sent again under
///   its old SSRC, its numbers are moved up, and NACKs and reports moved back.
/// - To a client that answers no offers none is made, not for an ICE restart either. Sections that
///   it stops are given up with what was held for them.
/// - New ICE credentials outside of descriptions (RFC 9725, section 4.3.3) are for clients that
///   negotiate once: the next description is read against the credentials of the last one.
/// - A client that may not publish (any more), or not this source, is refused new sections to send
///   in; what it goes on sending in old ones is dropped.
package dev.parley.engine.peer;
