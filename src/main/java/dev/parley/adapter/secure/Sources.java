package dev.parley.adapter.secure;

import dev.parley.wire.TransportAddress;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/// A list of CIDR blocks (RFC 4632), as `192.0.2.0/24` or `2001:db8::/32`, or single addresses.
public final class Sources {
  private final List<Block> blocks;

  private Sources(List<Block> blocks) {
    this.blocks = blocks;
  }

  /// @throws IllegalArgumentException where a block is none; it says which
  public static Sources of(List<String> cidrs) {
    List<Block> blocks = new ArrayList<>();
    for (String cidr : cidrs) {
      blocks.add(Block.parse(cidr.strip()));
    }
    return new Sources(List.copyOf(blocks));
  }

  /// Nobody.
  public static Sources none() {
    return new Sources(List.of());
  }

  /// Whether an address, whatever its port, lies in one of the blocks.
  public boolean contain(TransportAddress address) {
    for (Block block : blocks) {
      if (block.contains(address)) {
        return true;
      }
    }
    return false;
  }

  // The words of the first address and the length of the prefix among 128 bits.
  private record Block(long high, long low, int bits) {
    static Block parse(String cidr) {
      int slash = cidr.indexOf('/');
      try {
        InetAddress literal = InetAddress.ofLiteral(slash < 0 ? cidr : cidr.substring(0, slash));
        TransportAddress first = TransportAddress.of(literal, 0);
        int most = literal.getAddress().length * 8;
        int bits = slash < 0 ? most : Integer.parseInt(cidr.substring(slash + 1));
        if (bits < 0 || bits > most) {
          throw new IllegalArgumentException(bits + " bits");
        }
        return new Block(first.high(), first.low(), bits + 128 - most);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("not a CIDR block: " + cidr, e);
      }
    }

    boolean contains(TransportAddress address) {
      return same(address.high(), high, bits) && same(address.low(), low, bits - 64);
    }

    private static boolean same(long a, long b, int bits) {
      return bits <= 0 || (a ^ b) >>> Math.max(0, 64 - bits) == 0;
    }
  }
}
