/// Session descriptions (RFC 8866) and the server's side of offer and answer (RFC 3264, RFC 9429).
package dev.parley.protocol.sdp;
