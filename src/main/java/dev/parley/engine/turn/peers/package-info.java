/// Whom clients of the TURN server may reach: strict unless told otherwise, since a relay stands
/// within networks that its clients do not (RFC 8656, sections 21.3 and 21.4).
///
/// The first rule that says something decides:
///
/// 1. this server's own media, address and port: permitted; and an own relay address with a relay
///    port: permitted, another allocation may be there. Both are handed over in memory and never
///    leave by the kernel. A permission for such an address opens no other port of it
/// 2. guarded by the policy, as address or as address with port: denied
/// 3. in a block the policy allows: permitted
/// 4. an own relay address: denied, the node's other ports are there
/// 5. in a block the policy denies: denied
/// 6. special-purpose ([SpecialIpv4], [SpecialIpv6]): denied
/// 7. else permitted
///
/// An IPv6 address that carries IPv4 ones ([CarriedIpv4]) must be permitted itself, and each of
/// those too, by rules 2 to 7: allowing `64:ff9b::/96` opens NAT64 towards public addresses, not
/// towards `10.0.0.0/8`. Port 0 is never a peer.
///
/// ## Assumptions
///
/// - IPv4 and v4-mapped IPv6 are one and the same, see [dev.parley.wire.TransportAddress].
/// - "Special-purpose" is every row of the IANA registries whether globally reachable or not:
///   anycast relays, AS112 and NAT64 are nobody's peer of a call.
/// - A NAT64 prefix of the operator's own, outside the two well-known ones, cannot be told from
///   other addresses; whoever runs one puts it into `deny`.
package dev.parley.engine.turn.peers;
