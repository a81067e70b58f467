/// The server end of one PeerConnection: ICE, DTLS, SRTP, RTCP and negotiation wired together.
package dev.parley.engine.peer;
