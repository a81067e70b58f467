package dev.parley.protocol.ice;

import dev.parley.wire.TransportAddress;
import java.net.InetAddress;

/// IP addresses as text: strict, without zones, and never a name that would be looked up (RFC 8839,
/// section 5.1).
final class IpLiteral {
  /// The longest IPv6 address, with an IPv4 address in its end.
  private static final int MAX = 45;

  private IpLiteral() {}

  /// The transport address, or null where the text is no IP address.
  static TransportAddress of(String text, int port) {
    if (text.length() > MAX || !(text.indexOf(':') >= 0 ? ipv6(text) : ipv4(text))) {
      return null;
    }
    try {
      return TransportAddress.of(InetAddress.ofLiteral(text), port);
    } catch (IllegalArgumentException notAnAddress) {
      return null;
    }
  }

  /// The text of an address without its port.
  static String text(TransportAddress address) {
    return address.socketAddress().getAddress().getHostAddress();
  }

  private static boolean ipv6(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != ':' && c != '.' && Character.digit(c, 16) < 0 || c > 0x7f) {
        return false;
      }
    }
    return true;
  }

  // Four decimal numbers without leading zeros: other readers take 010 for eight.
  private static boolean ipv4(String text) {
    int dots = 0;
    int number = -1;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '.' && number >= 0) {
        dots++;
        number = -1;
      } else if (c >= '0' && c <= '9' && number != 0) {
        number = Math.max(number, 0) * 10 + c - '0';
      } else {
        return false;
      }
      if (number > 255) {
        return false;
      }
    }
    return dots == 3 && number >= 0;
  }
}
