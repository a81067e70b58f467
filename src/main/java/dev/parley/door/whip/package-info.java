/// The doors of encoders and players: WHIP (RFC 9725) at `/whip/{room}` and WHEP
/// (draft-ietf-wish-whep) at `/whep/{room}`. Both speak for a [dev.parley.signal.Agent], translate
/// between HTTP and it, and decide nothing.
///
/// [WhipServlet] alone knows the container; all else takes an [Ask] and promises an [Answer]. It is
/// no JAX-RS application: that of the REST door collects every resource and filter of the archive.
///
/// ## Assumptions
///
/// - A token is always needed, in a room that is open to guests too: these paths answer pages of
///   any origin (CORS), and a page must not watch a company's meeting with nothing but its
///   visitor's place in the network.
/// - The URL of a session is what opens it (RFC 9725, section 4.7.1): 144 random bits. PATCH and
///   DELETE look at no token: one that has expired meanwhile would keep an encoder from leaving.
/// - The server is lite and has no use for the client's candidates: a PATCH that trickles them is
///   checked and answered, and goes no further.
/// - A PATCH whose `ice-ufrag` is a new one restarts ICE even where it names the current entity
///   tag, as RFC 9725, section 4.3.3 has it; `If-Match: *` with the old one trickles.
/// - 406 means a counter-offer in WHEP, which is never made here: an offer of WHEP without anything
///   in common is answered 422, one of WHIP 406.
/// - A player that comes before anybody publishes gets its session: the media half holds its
///   sections. An answer of WHEP in which the server sends in none is no session, but 409. Several
///   tracks of one kind go into as many sections of the offer, although the draft has one of each.
package dev.parley.door.whip;
