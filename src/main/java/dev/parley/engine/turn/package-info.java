/// The TURN server (RFC 8656, with 6062 and 8016) and the STUN Binding server it builds on (RFC
/// 8489, section 12).
///
/// [TurnServer] takes messages apart. A request goes through
/// [Authenticator][dev.parley.engine.turn.auth.Authenticator] to the `Method` of its STUN method,
/// which judges it by a list of named rules, the first refusal wins. `Allocations` makes, moves and
/// ends what clients have and keeps routes and relays in step with it; `Relaying` passes what goes
/// by no route; `Timers` wakes one alarm an allocation.
///
/// ## Assumptions
///
/// - **No amplification beyond 1.6.** Counted as octets on the wire with IP and UDP headers (28 for
///   IPv4, 48 for IPv6), an answer over UDP to somebody unproved is never longer than 1.6 times its
///   request: a bare Binding request of 20 octets and its success weigh 48 and 60 (1.25) over IPv4,
///   68 and 92 (1.35) over IPv6. A browser's first Allocate of 28 octets and its 401 weigh 56 and
///   88 (1.57) with a realm of up to 8 octets: REALM, a nonce of 15 characters without cookie, no
///   phrase and no PASSWORD-ALGORITHMS; over IPv6 76 and 108 (1.42). Each four octets more of the
///   realm add 0.07, and so does the name of an authorization server: without them nobody could
///   come in, so whoever sets a longer one chooses a larger answer. Larger requests get the full
///   challenge. What is too small for a challenge, as a bare Refresh of 20 octets, gets the error
///   code alone. Counted without those headers the same holds for Binding (32/20 = 1.6 at most) but
///   the success over IPv6, which is 44/20 = 2.2 because it must carry 16 octets of address; and
///   not for the 401, which is 60/28 = 2.1.
/// - Hence an answer to somebody unproved has no SOFTWARE, no MAPPED-ADDRESS beside
///   XOR-MAPPED-ADDRESS, and an error over datagrams has its reason phrase only where it fits.
/// - FINGERPRINT is answered with FINGERPRINT and otherwise left out; a wrong one drops the message
///   (RFC 8489, section 7.3).
/// - Channel numbers up to 0x7FFF are taken, not only those up to 0x4FFF: clients of RFC 5766
///   (coturn's among them) choose from the longer range, and on a port that carries no RTP nothing
///   else begins with these octets (RFC 7983).
/// - The Binding server is not authenticated (RFC 8489, section 12: basic servers should not); the
///   credentials of a request are not looked at, nor is the answer signed.
/// - Of the attributes that must be comprehended Binding knows those of RFC 8489, TURN those of
///   8489, 8656, 7635 and 6062; of others, as those of ICE, they say 420.
/// - Those of RFC 5780 (NAT behaviour discovery) Binding knows on UDP sockets that have
///   [Alternates]; elsewhere CHANGE-REQUEST, RESPONSE-PORT and PADDING are answered with 420.
/// - **RFC 5780 within 1.6.** Section 6.1 wants OTHER-ADDRESS, RESPONSE-ORIGIN and MAPPED-ADDRESS
///   in every answer; they are added in this order as far as the answer stays within 1.6 times the
///   request, counted on the wire. A bare request over IPv4 gets OTHER-ADDRESS (72/48 = 1.5), which
///   is how clients see that the usage is offered; with CHANGE-REQUEST also RESPONSE-ORIGIN (84/56
///   = 1.5), with PADDING all. Over IPv6 a bare request gets none of them (116/68 would be 1.7): a
///   client asks with CHANGE-REQUEST (116/76 = 1.53), even one that changes nothing, or pads.
///   Without the headers of IP and UDP these answers are up to 2.43 times the request (68/28). They
///   exist only where the administrator has given alternates.
/// - RESPONSE-PORT directs an answer to another port of the address that asked, never to another
///   address; together with PADDING it is refused with 400 (section 6.1), and so is port 0. A
///   spoofed source could name that port by itself, so this aims at nobody new. Errors go to where
///   the request came from.
/// - PADDING is answered with as many octets, at most 1500, so a padded answer stays near the
///   weight of its request; no socket needs a larger datagram.
/// - A registered method that is not served is refused with 400, which tells a misconfigured client
///   more than silence; one nobody registered is dropped (RFC 8489, section 6.3).
/// - Requests without the magic cookie (RFC 3489) are dropped, see [dev.parley.protocol.stun].
/// - **TCP allocations (RFC 6062).** Connect needs no permission (section 5.2 asks for none), but
///   its peer must be one that may be reached at all; a peer that connects by itself needs one when
///   it connects and not later. A Connect for the wrong kind of allocation, or ChannelBind on a TCP
///   allocation, is answered with 400. A CONNECTION-ID of somebody else's is answered with 441.
/// - An allocation has at most 64 peer connections; one more Connect is answered with 508, one more
///   peer is closed. The clock of 30 seconds starts anew when a Connect has succeeded.
/// - What a TCP relay carries is neither counted nor policed by the allocation's [Meter]; TCP's own
///   back-pressure bounds what is held of it.
/// - A relay is bound to the local address its client came to, or to the first of the other family
///   that is loopback or not as that one is. Without REQUESTED-ADDRESS-FAMILY it is IPv4 (RFC 8656,
///   section 7.2), also for clients that come over IPv6.
/// - The port behind a RESERVATION-TOKEN is bound when it is promised, so that nobody else on the
///   host can take it; what arrives there meanwhile is dropped. Where one port of a pair cannot be
///   bound another pair is tried, then 508. The token is good for the user who got it, for 30 s,
///   and no longer than its allocation, so that nobody holds ports beyond a quota; it is spent also
///   where its holder has no quota left for an allocation. A node that drains redeems none.
/// - A lifetime is at least 600 s and at most 3600 s, and ends with the credential where that is
///   sooner (RFC 7635, section 7).
/// - ChannelData from a client is relayed while its channel is bound, as section 12.6 has it; from
///   a peer only while there is a permission too. Permissions and channels are 256 an allocation at
///   most, then 508. Channel numbers are those of RFC 5766 up to 0x7FFF, whose clients are still
///   about.
/// - An allocation belongs to a user of a realm (441 for others), who may come back with a newer
///   credential where the authenticator lets it.
/// - An allocation that relays TCP has no mobility ticket (405): its data connections cannot move.
/// - A mobility ticket is good for one move (RFC 8016); the old 5-tuple is forgotten at once, not
///   when the first data arrives on the new one. A ticket that is not genuine is 400. A stream that
///   ends leaves an allocation with a ticket standing until its lifetime is over.
/// - ICMP errors are told for the types of section 11.5 only, without the datagram they are about.
package dev.parley.engine.turn;
