package dev.parley.adapter.secure;

import dev.parley.wire.Octets;
import dev.parley.wire.TransportAddress;
import java.util.zip.CRC32C;

/// The header a reverse proxy puts before a connection to say whose it is: PROXY protocol, version
/// 2.
///
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +                                                               +
/// |         0D 0A 0D 0A 00 0D 0A 51 55 49 54 0A (12 octets)       |
/// +-------+-------+---------------+-------------------------------+
/// |   2   |command|family |  prot.|   length of what follows      |
/// +-------+-------+---------------+-------------------------------+
/// |   source address, destination address, source port,           |
/// |   destination port, then type-length-value fields             |
/// +---------------------------------------------------------------+
/// ```
///
/// @param length in octets, of the whole header
/// @param source the client, or null where the socket's own addresses hold
/// @param destination what the client connected to, or null
record ProxyHeader(int length, TransportAddress source, TransportAddress destination) {
  private static final byte[] SIGNATURE = {
    0x0d, 0x0a, 0x0d, 0x0a, 0x00, 0x0d, 0x0a, 0x51, 0x55, 0x49, 0x54, 0x0a
  };
  private static final int FIXED = 16;
  private static final int LOCAL = 0x20;
  private static final int PROXY = 0x21;
  private static final int UNSPECIFIED = 0x00;
  private static final int TCP_OVER_IPV4 = 0x11;
  private static final int TCP_OVER_IPV6 = 0x21;
  private static final int CHECKSUM = 0x03;

  /// Of the addresses and fields; a certificate passed on is the largest field that is known.
  static final int MOST = 4096;

  /// What the first octets of a connection are.
  enum Beginning {
    /// Not such a header.
    NONE,
    /// It may become one.
    MORE,
    /// It is one, whole.
    WHOLE,
    /// It began as one and is wrong.
    MALFORMED
  }

  static Beginning beginning(byte[] octets, int at, int available) {
    for (int i = 0; i < SIGNATURE.length; i++) {
      if (i == available) {
        return Beginning.MORE;
      }
      if (octets[at + i] != SIGNATURE[i]) {
        return Beginning.NONE;
      }
    }
    if (available < FIXED) {
      return Beginning.MORE;
    }
    int length = Octets.u16(octets, at + 14);
    if (!known(octets, at) || length > MOST || length < addressOctets(octets, at)) {
      return Beginning.MALFORMED;
    }
    if (available < FIXED + length) {
      return Beginning.MORE;
    }
    return checked(octets, at, FIXED + length) ? Beginning.WHOLE : Beginning.MALFORMED;
  }

  /// Reads a header that is [Beginning#WHOLE].
  static ProxyHeader parse(byte[] octets, int at) {
    int length = FIXED + Octets.u16(octets, at + 14);
    int word = addressOctets(octets, at) == 12 ? 4 : 16;
    if (addressOctets(octets, at) == 0) {
      return new ProxyHeader(length, null, null);
    }
    int ports = at + FIXED + 2 * word;
    return new ProxyHeader(
        length,
        address(octets, at + FIXED, word, ports),
        address(octets, at + FIXED + word, word, ports + 2));
  }

  private static boolean known(byte[] octets, int at) {
    int family = octets[at + 13] & 0xff;
    return switch (octets[at + 12]) {
      case LOCAL -> true;
      case PROXY -> family == UNSPECIFIED || family == TCP_OVER_IPV4 || family == TCP_OVER_IPV6;
      default -> false;
    };
  }

  // LOCAL is the proxy's own doing, as a health check: its addresses are to be ignored.
  private static int addressOctets(byte[] octets, int at) {
    int family = octets[at + 13] & 0xff;
    return octets[at + 12] == LOCAL || family == UNSPECIFIED
        ? 0
        : family == TCP_OVER_IPV4 ? 12 : 36;
  }

  // Walks the type-length-value fields, and verifies the checksum where there is one.
  private static boolean checked(byte[] octets, int at, int length) {
    int end = at + length;
    int field = at + FIXED + addressOctets(octets, at);
    if (octets[at + 12] == LOCAL || (octets[at + 13] & 0xff) == UNSPECIFIED) {
      return true;
    }
    while (field < end) {
      int value = field + 3;
      if (value > end || value + Octets.u16(octets, field + 1) > end) {
        return false;
      }
      int size = Octets.u16(octets, field + 1);
      if (octets[field] == CHECKSUM && (size != 4 || !checksum(octets, at, end, value))) {
        return false;
      }
      field = value + size;
    }
    return true;
  }

  private static boolean checksum(byte[] octets, int at, int end, int value) {
    CRC32C crc = new CRC32C();
    crc.update(octets, at, value - at);
    crc.update(new byte[4]);
    crc.update(octets, value + 4, end - value - 4);
    return (int) crc.getValue() == Octets.u32(octets, value);
  }

  private static TransportAddress address(byte[] octets, int at, int word, int port) {
    int portNumber = Octets.u16(octets, port);
    return word == 4
        ? TransportAddress.ipv4(Octets.u32(octets, at), portNumber)
        : new TransportAddress(Octets.u64(octets, at), Octets.u64(octets, at + 8), portNumber);
  }
}
