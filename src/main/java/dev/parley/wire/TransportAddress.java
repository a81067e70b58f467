package dev.parley.wire;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/// A transport address, IP address and port (RFC 8489, section 4), as two words and a number.
///
/// IPv4 is held in its v4-mapped form `::ffff:a.b.c.d` (RFC 4291, section 2.5.5.2), so one value
/// has one form. Being a value, it may be kept and compared anywhere; the adapter interns it per
/// socket so that the hot path allocates none.
///
/// @param high the first 64 bits of the IPv6 address, network order
/// @param low the last 64 bits of the IPv6 address, network order
/// @param port 0 to 65535
public record TransportAddress(long high, long low, int port) {
  private static final long MAPPED = 0x0000_ffff_0000_0000L;

  public TransportAddress {
    if (port < 0 || port > 0xffff) {
      throw new IllegalArgumentException("port " + port);
    }
  }

  /// An IPv4 transport address from its 32 bits in network order.
  public static TransportAddress ipv4(int address, int port) {
    return new TransportAddress(0, MAPPED | (address & 0xffff_ffffL), port);
  }

  /// The address of a socket; the socket's address must be resolved.
  public static TransportAddress of(InetSocketAddress socket) {
    return of(socket.getAddress(), socket.getPort());
  }

  /// An address and a port; four octets make the mapped form.
  public static TransportAddress of(InetAddress address, int port) {
    byte[] octets = address.getAddress();
    return octets.length == 4
        ? ipv4((int) word(octets, 0, 4), port)
        : new TransportAddress(word(octets, 0, 8), word(octets, 8, 8), port);
  }

  /// The same address with another port; port 0 stands for the address alone.
  public TransportAddress withPort(int other) {
    return other == port ? this : new TransportAddress(high, low, other);
  }

  /// Whom limits count this address for, port 0: an IPv4 address or an IPv6 /64, which is what one
  /// subscriber is given.
  public TransportAddress source() {
    return new TransportAddress(high, ipv4() ? low : 0, 0);
  }

  public boolean ipv4() {
    return high == 0 && (low & 0xffff_ffff_0000_0000L) == MAPPED;
  }

  /// The 32 bits of an IPv4 address in network order; meaningless unless [#ipv4()].
  public int ipv4Bits() {
    return (int) low;
  }

  /// The address as the JDK's socket address, for slow paths and diagnostics.
  public InetSocketAddress socketAddress() {
    byte[] octets = new byte[ipv4() ? 4 : 16];
    for (int i = 0; i < octets.length; i++) {
      int fromEnd = octets.length - 1 - i;
      octets[i] = (byte) (fromEnd < 8 ? low >>> (8 * fromEnd) : high >>> (8 * (fromEnd - 8)));
    }
    try {
      return new InetSocketAddress(InetAddress.getByAddress(octets), port);
    } catch (UnknownHostException e) {
      throw new AssertionError("four or sixteen octets are always an address", e);
    }
  }

  /// The full text, `192.0.2.1:3478` or `[2001:db8::1]:3478`; never put into a log at INFO or
  /// above.
  public String literal() {
    InetAddress address = socketAddress().getAddress();
    return (ipv4() ? address.getHostAddress() : "[" + address.getHostAddress() + "]") + ":" + port;
  }

  /// The redacted text: the network is told, the host is not.
  @Override
  public String toString() {
    return ipv4()
        ? (low >>> 24 & 0xff) + "." + (low >>> 16 & 0xff) + ".x.x:" + port
        : "["
            + Long.toHexString(high >>> 48)
            + ":"
            + Long.toHexString(high >>> 32 & 0xffff)
            + "::x]:"
            + port;
  }

  private static long word(byte[] octets, int at, int length) {
    long word = 0;
    for (int i = at; i < at + length; i++) {
      word = word << 8 | octets[i] & 0xff;
    }
    return word;
  }
}
