/// The server of STUN Binding (RFC 8489, section 12), on which the TURN server (RFC 8656) builds.
///
/// ## Assumptions
///
/// - **No amplification beyond 1.6.** Counted as octets on the wire with IP and UDP headers (28 for
///   IPv4, 48 for IPv6), an answer over UDP is never longer than 1.6 times its request: a bare
///   request of 20 octets and its success weigh 48 and 60 (1.25) over IPv4, 68 and 92 (1.35) over
///   IPv6. Counted without those headers the same holds for everything (32/20 = 1.6 at most) but
///   the success over IPv6, which is 44/20 = 2.2 because it must carry 16 octets of address.
/// - Hence an answer has no SOFTWARE, no MAPPED-ADDRESS beside XOR-MAPPED-ADDRESS, and an error
///   over datagrams has its reason phrase only where it fits.
/// - FINGERPRINT is answered with FINGERPRINT and otherwise left out; a wrong one drops the message
///   (RFC 8489, section 7.3).
/// - The Binding server is not authenticated (RFC 8489, section 12: basic servers should not); the
///   credentials of a request are not looked at, nor is the answer signed.
/// - Of the attributes that must be comprehended it knows those of RFC 8489; the NAT behaviour
///   discovery of RFC 5780 is not offered, so CHANGE-REQUEST is answered with 420.
/// - A registered method that is not served is refused with 400, which tells a misconfigured client
///   more than silence; one nobody registered is dropped (RFC 8489, section 6.3).
/// - Requests without the magic cookie (RFC 3489) are dropped, see [dev.parley.protocol.stun].
package dev.parley.engine.turn;
