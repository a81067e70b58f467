/// Session descriptions (RFC 8866) and the server's side of offer and answer (RFC 3264, RFC 9429),
/// sans I/O.
///
/// Text: [SessionDescription] is read within [SdpLimits] and written back; what is no description
/// ends in [SdpRefused] and nothing else. [TrickleFragment] is the body of a WHIP PATCH.
/// Negotiation: [Negotiation] answers a client's offers, makes the server's, and says by
/// [Agreement] and [Section] what may flow. Codecs are names and parameters, opaque to all others.
///
/// ## Assumptions
///
/// - Lines of unknown types are left out, unknown attributes kept; a known attribute outside its
///   grammar refuses the text (RFC 9429, section 5.8). Characters that are not visible ASCII are
///   let pass in values nobody reads, control characters nowhere.
/// - There is one transport: sections outside the first bundle are rejected, and without a bundle
///   all but the first. ICE credentials, fingerprint and role stand in every open section, not in
///   the tagged one alone (RFC 8843, section 7.1.3 has it so): clients exist that look there; only
///   candidates are said once.
/// - A section the server has no use for is answered with port 9 and `a=inactive` and stays in the
///   bundle. Port 0, out of the bundle, is for sections offered with port 0, without a codec in
///   common, without rtcp-mux or without DTLS.
/// - Data channels that are not taken are rejected with port 0 unless their section is the tagged
///   one. RFC 8843, section 7.3.1 would let the tag move on, but the section carries the transport
///   of the others, or is all there is: it is answered with port 9 and `a=sctp-port`, and the
///   association is never answered.
/// - `a=ice-options:ice2 trickle` although the server's candidates are all in the description: RFC
///   8838 has `trickle` say that the other end may trickle, and WHIP clients look for it.
/// - An answer keeps the offer's order of codecs (RFC 3264, section 6.1): the page chooses.
/// - Level and tier are not matched, only profiles: nothing is decoded here.
/// - SHA-1 fingerprints are not taken, nor a=holdconn.
/// - A place that a closed section left is taken again by the client's offers only; the server's
///   offers reuse inactive sections and add new ones.
/// - A payload type or header extension id that means two things in one bundle means the first; the
///   second is struck out.
package dev.parley.protocol.sdp;
