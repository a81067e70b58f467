/// Who may use the TURN server: the long-term credential mechanism (RFC 8489, section 9.2) with
/// time-limited credentials, users of the database and access tokens (RFC 7635), sans I/O.
///
/// **Time-limited credentials.** In every realm alike, the user name is `expiry` or `expiry:name`
/// (seconds since 1970, decimal) and the password base64(HMAC-SHA1(secret, user name)), both as
/// UTF-8, base64 with padding: [TimeLimited#password]. What keeps tenants apart is that each realm
/// has secrets of its own; whoever makes the policy derives them from a master secret where the
/// administrator gives none. A secret that stands in two realms opens the first only: a mistake in
/// the policy shuts a tenant out rather than let another in.
///
/// ## Assumptions
///
/// - **Nonces** are good for one hour from the client's IP address, whatever port it has since.
/// - **Amplification.** Over UDP a challenge offers security features (the nonce cookie and
///   PASSWORD-ALGORITHMS, section 9.2.1) only where that keeps it within 1.6 times the request,
///   counted with IP and UDP headers; a bare Allocate of 28 octets gets the challenge of RFC 5389,
///   60 octets for the realm `parley`. So that nobody on the way can cut a request short to bid the
///   client down, an authenticated Allocate that was longer is answered 438 with the features.
///   REALM and, where the realm has it, THIRD-PARTY-AUTHORIZATION are never left out: a realm of
///   more than 8 octets exceeds 1.6 for the barest request.
/// - **Bit 0** of the security features is the least significant one, see
///   [dev.parley.protocol.stun.StunNonceCookie].
/// - **USERHASH** is always taken but offered only in realms that have no secrets: a client must
///   use what is offered, and a computed credential cannot be found by its hash.
/// - **Order.** Section 9.2.4 verifies integrity before it looks at the nonce; so do we, except for
///   users of the database: nobody is looked up for a client without a valid nonce, so that forged
///   addresses cannot make it work.
/// - **Expiry** holds for live allocations too: a time-limited credential cannot refresh beyond its
///   time, nor can a token (RFC 7635, section 4.1).
/// - **OAuth** users are counted by the key their token is under, there being no name in a token; a
///   client may go on under another key and stays the same user. Of a token's key of more than 16
///   octets the first 16 serve for SHA-1 too: coturn's client signs with them.
/// - A REALM that is not the one of the path is refused with 401 as an unknown user.
package dev.parley.engine.turn.auth;
