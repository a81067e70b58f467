package dev.parley.engine.turn.peers;

import dev.parley.wire.TransportAddress;

/// The special-purpose address registry of IPv4 (RFC 6890) with the multicast addresses: nothing a
/// relay has any business with.
enum SpecialIpv4 {
  THIS_NETWORK("0.0.0.0/8", 791),
  PRIVATE_10("10.0.0.0/8", 1918),
  SHARED("100.64.0.0/10", 6598),
  LOOPBACK("127.0.0.0/8", 1122),
  LINK_LOCAL("169.254.0.0/16", 3927),
  PRIVATE_172("172.16.0.0/12", 1918),
  PROTOCOL_ASSIGNMENTS("192.0.0.0/24", 6890),
  TEST_NET_1("192.0.2.0/24", 5737),
  AS112("192.31.196.0/24", 7535),
  AMT("192.52.193.0/24", 7450),
  RELAY_6TO4("192.88.99.0/24", 7526),
  PRIVATE_192("192.168.0.0/16", 1918),
  DIRECT_DELEGATION_AS112("192.175.48.0/24", 7534),
  BENCHMARKING("198.18.0.0/15", 2544),
  TEST_NET_2("198.51.100.0/24", 5737),
  TEST_NET_3("203.0.113.0/24", 5737),
  MULTICAST("224.0.0.0/4", 5771),
  RESERVED("240.0.0.0/4", 1112),
  LIMITED_BROADCAST("255.255.255.255/32", 8190);

  private static final SpecialIpv4[] ROWS = values();

  private final Cidr block;
  private final int rfc;

  SpecialIpv4(String block, int rfc) {
    this.block = Cidr.of(block);
    this.rfc = rfc;
  }

  /// Whether any row holds the address.
  static boolean anyHolds(TransportAddress address) {
    for (SpecialIpv4 row : ROWS) {
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
