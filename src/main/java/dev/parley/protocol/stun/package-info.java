/// STUN messages (RFC 8489) and the registry that TURN, ICE and their relatives extend, sans I/O.
///
/// A message is read where it lies: [StunMessage] is a view of the caller's buffer, an attribute is
/// the index of its value. [StunWriter] appends to a buffer of the caller. What is not STUN ends in
/// [StunRefused] and nothing else.
///
/// ## Assumptions
///
/// - A datagram is exactly one message: octets after it are refused (RFC 8489 section 6.3 leaves it
///   open), because no known client sends any and a wrong length is the usual mark of noise.
/// - "Classic" STUN without the magic cookie (RFC 3489) is refused: its clients are gone, and a
///   server that answers it needs MAPPED-ADDRESS, which middleboxes rewrite.
/// - What follows MESSAGE-INTEGRITY, MESSAGE-INTEGRITY-SHA256 or FINGERPRINT is ignored but for
///   what sections 14.5 to 14.7 let follow; it must still be well formed.
/// - A message has at most [StunMessage#MAX_ATTRIBUTES] attributes, so that walking them a few
///   times stays cheap.
/// - MESSAGE-INTEGRITY-SHA256 verifies in its full 32 octets only: no usage we serve allows the
///   truncation of section 14.6.
/// - An address given as IPv6 but v4-mapped is the IPv4 address it maps: one value, one form, so no
///   address rule is evaded by a second spelling.
/// - [OpaqueString] does what the JDK has tables for: spaces, normalization form C, and the refusal
///   of controls, unassigned and private code points; the exceptions and contextual rules of RFC
///   8264 are not looked at.
/// - Of a shared OAuth key that is longer than its algorithm needs, the first octets count, as
///   other implementations have it.
package dev.parley.protocol.stun;
