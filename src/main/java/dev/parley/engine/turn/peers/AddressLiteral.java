package dev.parley.engine.turn.peers;

import dev.parley.wire.TransportAddress;
import java.net.InetAddress;
import java.util.regex.Pattern;

/// Reads IP addresses as an administrator writes them, strictly: four decimal numbers without
/// leading zeros, or the text of RFC 4291 section 2.2 without zone. Resolves no names.
final class AddressLiteral {
  private static final Pattern IPV4 =
      Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?:\\.(?!$)|$)){4}");
  private static final Pattern LEADING_ZERO = Pattern.compile("(?:^|\\.)0\\d");

  private AddressLiteral() {}

  /// The address with port 0.
  ///
  /// @throws PeerRuleRefused for anything else
  static TransportAddress of(String text) {
    boolean ipv6 = text.indexOf(':') >= 0;
    boolean ipv4 = IPV4.matcher(text).matches() && !LEADING_ZERO.matcher(text).find();
    if (ipv6 ? text.indexOf('%') >= 0 || text.indexOf('[') >= 0 : !ipv4) {
      throw new PeerRuleRefused(text);
    }
    try {
      return TransportAddress.of(InetAddress.ofLiteral(text), 0);
    } catch (IllegalArgumentException e) {
      throw new PeerRuleRefused(text);
    }
  }
}
