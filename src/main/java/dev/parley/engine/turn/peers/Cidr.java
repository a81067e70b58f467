package dev.parley.engine.turn.peers;

import dev.parley.wire.TransportAddress;

/// A block of addresses (RFC 4632 and RFC 4291, section 2.3). IPv4 is held v4-mapped, so
/// `192.0.2.0/24` has 120 bits; an IPv6 block shorter than 96 bits may hold mapped addresses, but
/// never holds IPv4 ones: the families are apart.
///
/// @param high the first 64 bits
/// @param low the last 64 bits
/// @param bits how many count, 0 to 128
/// @param ipv4 whether it is a block of IPv4 addresses
public record Cidr(long high, long low, int bits, boolean ipv4) {
  private static final int MAPPED_BITS = 96;

  /// Reads `192.0.2.0/24`, `2001:db8::/32`, or an address alone for a block of one. Bits beyond the
  /// prefix must be zero: whoever writes `10.0.0.1/8` means something else than he says.
  ///
  /// @throws PeerRuleRefused for anything else
  public static Cidr of(String text) {
    int slash = text.indexOf('/');
    TransportAddress address = AddressLiteral.of(slash < 0 ? text : text.substring(0, slash));
    // `::ffff:0:0/96` and longer are a way to write IPv4 blocks; the text tells which was meant.
    boolean mapped = address.ipv4() && text.indexOf(':') >= 0;
    boolean ipv4 = address.ipv4();
    int bits = slash < 0 ? 128 : prefix(text, slash + 1, mapped || !ipv4);
    bits += slash >= 0 && ipv4 && !mapped ? MAPPED_BITS : 0;
    if (mapped && bits < MAPPED_BITS) {
      ipv4 = false;
    }
    Cidr block = new Cidr(address.high(), address.low(), bits, ipv4);
    if ((block.high & ~mask(bits, 0)) != 0 || (block.low & ~mask(bits, 64)) != 0) {
      throw new PeerRuleRefused(text);
    }
    return block;
  }

  private static int prefix(String text, int at, boolean ipv6) {
    String digits = text.substring(at);
    boolean number = !digits.isEmpty() && digits.length() <= 3;
    number = number && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    number = number && (digits.length() == 1 || digits.charAt(0) != '0');
    int bits = number ? Integer.parseInt(digits) : -1;
    if (bits < 0 || bits > (ipv6 ? 128 : 32)) {
      throw new PeerRuleRefused(text);
    }
    return bits;
  }

  /// Whether an address is in the block, whatever its port.
  public boolean holds(TransportAddress address) {
    return address.ipv4() == ipv4
        && ((address.high() ^ high) & mask(bits, 0)) == 0
        && ((address.low() ^ low) & mask(bits, 64)) == 0;
  }

  /// The word of a mask of so many ones that begins at a bit.
  private static long mask(int bits, int at) {
    int ones = Math.clamp(bits - at, 0, 64);
    return ones == 0 ? 0 : -1L << 64 - ones;
  }
}
