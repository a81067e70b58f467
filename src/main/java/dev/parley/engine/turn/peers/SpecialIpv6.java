package dev.parley.engine.turn.peers;

import dev.parley.wire.TransportAddress;

/// The special-purpose address registry of IPv6 (RFC 6890) with the multicast and the deprecated
/// site-local addresses. Rows of the registry that lie within another row here are left out:
/// `2001::/23` holds Teredo, ORCHID, DRIP and what else is assigned there.
enum SpecialIpv6 {
  UNSPECIFIED("::/128", 4291),
  LOOPBACK("::1/128", 4291),
  IPV4_COMPATIBLE("::/96", 4291),
  IPV4_TRANSLATABLE("::ffff:0:0:0/96", 2765),
  TRANSLATION("64:ff9b::/96", 6052),
  LOCAL_TRANSLATION("64:ff9b:1::/48", 8215),
  DISCARD("100::/64", 6666),
  DUMMY_PREFIX("100:0:0:1::/64", 9780),
  PROTOCOL_ASSIGNMENTS("2001::/23", 2928),
  DOCUMENTATION("2001:db8::/32", 3849),
  SIX_TO_FOUR("2002::/16", 3056),
  DIRECT_DELEGATION_AS112("2620:4f:8000::/48", 7534),
  DOCUMENTATION_LARGE("3fff::/20", 9637),
  SEGMENT_ROUTING("5f00::/16", 9602),
  UNIQUE_LOCAL("fc00::/7", 4193),
  LINK_LOCAL("fe80::/10", 4291),
  SITE_LOCAL("fec0::/10", 3879),
  MULTICAST("ff00::/8", 4291);

  private static final SpecialIpv6[] ROWS = values();

  private final Cidr block;
  private final int rfc;

  SpecialIpv6(String block, int rfc) {
    this.block = Cidr.of(block);
    this.rfc = rfc;
  }

  /// Whether any row holds the address.
  static boolean anyHolds(TransportAddress address) {
    for (SpecialIpv6 row : ROWS) {
      if (row.block.holds(address)) {
        return true;
      }
    }
    return false;
  }

  Cidr block() {
    return block;
  }

  /// The RFC that sets it apart.
  int rfc() {
    return rfc;
  }
}
