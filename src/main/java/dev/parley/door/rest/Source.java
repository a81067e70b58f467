package dev.parley.door.rest;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;

/// Where a request comes from, as coarse as a throttle needs it.
final class Source {
  private Source() {}

  /// The address of IPv4; the first 64 bits of IPv6, which is what one subscriber has.
  static String of(String address) {
    try {
      InetAddress parsed = InetAddress.ofLiteral(address);
      return parsed instanceof Inet6Address
          ? HexFormat.of().formatHex(Arrays.copyOf(parsed.getAddress(), 8))
          : parsed.getHostAddress();
    } catch (IllegalArgumentException | NullPointerException e) {
      return "unknown";
    }
  }
}
