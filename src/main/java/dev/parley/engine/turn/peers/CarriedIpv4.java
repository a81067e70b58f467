package dev.parley.engine.turn.peers;

import dev.parley.wire.TransportAddress;

/// The ways an IPv6 address carries IPv4 ones: packets to it may end at those, so it is judged as
/// each of them. The v4-mapped form is none of these: [TransportAddress] holds IPv4 that way.
enum CarriedIpv4 {
  /// `::a.b.c.d` (RFC 4291, section 2.5.5.1); the loopback `::1` is not of this form, or an allowed
  /// one would be refused as 0.0.0.1.
  COMPATIBLE("::/96") {
    @Override
    boolean carries(long high, long low, Judge judge) {
      return low != 1 && judge.forbids((int) low);
    }
  },
  /// `::ffff:0:a.b.c.d` (RFC 2765, section 2.1).
  TRANSLATED("::ffff:0:0:0/96") {
    @Override
    boolean carries(long high, long low, Judge judge) {
      return judge.forbids((int) low);
    }
  },
  /// The well-known prefix of NAT64 (RFC 6052, section 2.1).
  NAT64("64:ff9b::/96") {
    @Override
    boolean carries(long high, long low, Judge judge) {
      return judge.forbids((int) low);
    }
  },
  /// NAT64 prefixes of a site (RFC 8215), of 96 bits or of 48 (RFC 6052, section 2.2: two octets,
  /// the octet `u`, two more).
  NAT64_LOCAL("64:ff9b:1::/48") {
    @Override
    boolean carries(long high, long low, Judge judge) {
      int split = (int) (high << 16) | (int) (low >>> 40) & 0xffff;
      return judge.forbids((int) low) || judge.forbids(split);
    }
  },
  /// 6to4: the router's address (RFC 3056, section 2).
  SIX_TO_FOUR("2002::/16") {
    @Override
    boolean carries(long high, long low, Judge judge) {
      return judge.forbids((int) (high >>> 16));
    }
  },
  /// Teredo: the server's address, and the client's with all bits flipped (RFC 4380, section 4).
  TEREDO("2001::/32") {
    @Override
    boolean carries(long high, long low, Judge judge) {
      return judge.forbids((int) high) || judge.forbids(~(int) low);
    }
  },
  /// ISATAP under any prefix: the interface identifier `0:5efe:a.b.c.d` with or without the
  /// universal bit (RFC 5214, section 6.1).
  ISATAP("::/0") {
    @Override
    boolean carries(long high, long low, Judge judge) {
      return (low >>> 32 & 0xfcff_ffffL) == 0x5efe && judge.forbids((int) low);
    }
  };

  /// What is known of IPv4 addresses.
  interface Judge {
    /// @param address 32 bits in network order
    boolean forbids(int address);
  }

  private static final CarriedIpv4[] ROWS = values();

  private final Cidr block;

  CarriedIpv4(String block) {
    this.block = Cidr.of(block);
  }

  /// Whether an address of the block carries an IPv4 address that is forbidden.
  abstract boolean carries(long high, long low, Judge judge);

  /// Whether an IPv6 address carries, in any way, an IPv4 address that is forbidden.
  static boolean anyForbidden(TransportAddress address, Judge judge) {
    for (CarriedIpv4 row : ROWS) {
      if (row.block.holds(address) && row.carries(address.high(), address.low(), judge)) {
        return true;
      }
    }
    return false;
  }
}
