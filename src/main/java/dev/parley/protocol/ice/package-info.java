/// Interactive Connectivity Establishment (RFC 8445) for the server's end of a connection, sans
/// I/O: a lite agent with consent (RFC 7675), candidates as text (RFC 8839), ICE-TCP (RFC 6544).
///
/// [IceLite] is one agent, [IceKit] what the agents of a loop share, [IceDirectory] finds the agent
/// whom a check from an unknown 5-tuple is for.
///
/// ## Assumptions
///
/// - The server has a public or advertised address and its clients are full agents, so it is lite
///   and always controlled: a check with ICE-CONTROLLED is answered with 487 whatever its tie
///   breaker (RFC 8445 section 6.1.1 lets no full agent be controlled by a lite one).
/// - One component, one stream: everything is bundled and multiplexed with RTCP.
/// - Candidates of a client are never sent to, and host names never looked up: a description makes
///   the server send nothing.
/// - A nomination may be followed by others (RFC 8445 section 8.1.1 lets a full agent nominate
///   once): browsers nominate anew when their network changes. After the first, the selection moves
///   only when the client has answered a request on the new path, so a check that was caught and
///   sent again from elsewhere diverts nothing; the transactions of the last 32 checks are
///   remembered besides.
/// - Consent checks have PRIORITY, which RFC 7675 leaves out and some agents miss.
/// - A consent that ended comes back by a restart only. Where the loop itself was held up for
///   seconds, consent and silence are given one short time more, because answers may be waiting.
/// - A check without a role attribute is taken (section 7.3.1.1 of RFC 8445 allows for old agents),
///   and one without PRIORITY on a path that is verified already.
/// - Checks signed with MESSAGE-INTEGRITY-SHA256 alone are not taken: ICE has SHA-1.
/// - Strangers' checks are refused with 400 or 401 only where that is not longer than the check.
package dev.parley.protocol.ice;
