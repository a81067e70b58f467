package dev.parley.media;

import java.util.List;

/// How the TURN server treats clients: given at the start, and again whenever it changes; what is
/// already allocated lives on under the new rules.
///
/// @param realms one at least; the first is the one of clients that no other claims
/// @param allow CIDR blocks that may be peers although they are special-purpose or denied
/// @param deny CIDR blocks that may not be peers, besides every special-purpose one
/// @param guarded what is never a peer whatever `allow` says: an address, or an address with port
///   as `192.0.2.1:5432` or `[2001:db8::1]:5432`; this server's own listeners, its database and its
///   cluster
/// @param media where this server's own media is, as `192.0.2.1:7882` or `[2001:db8::1]:7882`:
///   always a peer, guarded or not; its packets are handed over in memory
/// @param node what all realms together may use
/// @param allocationBandwidth octets a second that one allocation may relay each way and reserves
///   from the quotas; 0 for no limit
/// @param accepting whether new allocations are made; false while the node drains
/// @param alternates transport addresses offered with 300 (Try Alternate) while it drains
/// @param alternateDomain the name those servers' certificates carry, or null
public record TurnPolicy(
    List<TurnRealm> realms,
    List<String> allow,
    List<String> deny,
    List<String> guarded,
    List<String> media,
    TurnQuota node,
    long allocationBandwidth,
    boolean accepting,
    List<String> alternates,
    String alternateDomain) {
  public TurnPolicy {
    realms = List.copyOf(realms);
    allow = List.copyOf(allow);
    deny = List.copyOf(deny);
    guarded = List.copyOf(guarded);
    media = List.copyOf(media);
    alternates = List.copyOf(alternates);
    if (realms.isEmpty()) {
      throw new IllegalArgumentException("a TURN server has one realm at least");
    }
  }
}
