/// RTCP packets (RFC 3550 section 6, RFC 4585, RFC 5104, RFC 3611) with the two congestion drafts
/// that browsers speak, sans I/O.
///
/// [RtcpReader] walks a compound packet where it lies and tells a [RtcpVisitor] what is in it;
/// [RtcpWriter] appends packets to a buffer of the caller. Neither allocates. What is malformed
/// ends in a [RtcpRefusal]: the packets before it have been told, of itself nothing.
///
/// ## Assumptions
///
/// - Any packet may come first and alone, as reduced-size RTCP has it (RFC 5506), whether or not it
///   was negotiated: the peer is authenticated by SRTCP, and what it leaves out harms only itself.
/// - Padding may end any packet of a compound, not the last alone (RFC 3550 section 6.4.1), and may
///   be 1 to 3 octets: libwebrtc pads its transport-wide feedback so wherever that stands.
/// - What is well formed but of no use here is skipped: APP, unknown types and formats, SDES items
///   other than CNAME, the reason of a BYE, profile-specific extensions of reports, XR blocks other
///   than RRTR and DLRR.
/// - Transport-wide feedback with the reserved status 3, or without the deltas its statuses promise
///   (transport-wide-cc-02 without timestamps), is refused: nobody sends it unless asked to.
/// - The reference time of transport-wide feedback is compared modulo 2^24; the draft says that it
///   is signed and leaves open that it wraps after twelve days.
/// - An NTP timestamp whose first bit is clear lies in the era that begins in 2036 (RFC 4330,
///   section 3).
package dev.parley.protocol.rtcp;
