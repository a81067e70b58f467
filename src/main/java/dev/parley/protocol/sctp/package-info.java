/// SCTP over DTLS (RFC 9260, RFC 8261) with partial reliability (RFC 3758) and resetting of streams
/// (RFC 6525), and the data channels of WebRTC on it (RFC 8831, RFC 8832), sans I/O.
///
/// A [dev.parley.protocol.sctp.SctpAssociation] is one end of one association: packets and time go
/// in, [dev.parley.protocol.sctp.SctpEffects] come out. What all associations of a loop share is
/// its [dev.parley.protocol.sctp.SctpKit]; what one may cost is
/// [dev.parley.protocol.sctp.SctpLimits].
///
/// Inside, `PacketReader` and `ChunkCheck` say whether a packet is one before anything of it is
/// believed; `PacketHandling` gives its chunks to the `Handshake`, to the `Inbox` (chunks become
/// messages), the `Outbox` (messages become chunks, with `Outstanding`, `SackHandling`,
/// `Congestion` and `RoundTrip`) and to `Resets`; `DataChannels` knows the channels. Nothing is
/// copied on the way out but once, into the packet; on the way in a message of one chunk that comes
/// in order is told from the packet itself.
///
/// ## Assumptions
///
/// - One path: no multihoming, no addresses in INIT (RFC 8261, section 5); no ECN, no
///   authentication of chunks (RFC 4895), no interleaving (RFC 8260), no zero checksum (RFC 9653),
///   no adding of streams: what is not listed or is denied is not used by peers.
/// - The path's MTU is not searched for: packets have the size the owner gives.
/// - A peer is given up after a time without a sign of life
///   ([dev.parley.protocol.sctp.SctpLimits#patience]), not after a number of retransmissions
///   (Association.Max.Retrans, Max.Init.Retransmits): ICE knows better whether the path lives.
///   RTO.Max is seconds, not a minute.
/// - RTO.Min is the least distance of the timeout from the smoothed round trip, because the SACK of
///   the peer may take 200 ms longer than any measured before.
/// - The first window is ten packets (RFC 6928 does so for TCP) instead of section 7.2.1's four;
///   what goes out at once is bounded by Max.Burst anyway. Flight counts chunks with their headers.
/// - After T3-rtx what gap blocks told of goes out again, too, unless a SACK tells of it anew: the
///   peer may drop it (section 6.2). A chunk once acknowledged by a gap block is not doubted
///   before.
/// - A message whose chunk comes in the order of TSNs is the next one of its stream, whatever its
///   SSN: the sender gives out both at once. Parts of messages without a beginning are dropped.
/// - A message larger than [dev.parley.protocol.sctp.SctpLimits#message] closes its channel, which
///   RFC 8831 leaves open; the association goes on.
/// - Channels may be opened on streams of the other parity where these are free: only RFC 8832's
///   opener could collide with itself.
/// - A refused opening is told by resetting the stream; beyond a few at a time nothing is said.
/// - Incoming SSN reset requests and resets of all TSNs (RFC 6525, sections 4.2 and 4.3) are
///   denied; data channels use neither.
/// - Priority is told but not used: channels take turns, a message each.
/// - Peers whose INIT ACK lists no RE-CONFIG or FORWARD TSN get channels that close at this end
///   alone, and messages that are all reliable.
package dev.parley.protocol.sctp;
