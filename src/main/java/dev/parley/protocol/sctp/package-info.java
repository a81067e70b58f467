/// SCTP over DTLS (RFC 9260, RFC 8261) and the data channels of WebRTC (RFC 8831, RFC 8832), sans
/// I/O.
///
/// A [dev.parley.protocol.sctp.SctpAssociation] is one end of one association.
package dev.parley.protocol.sctp;
