package dev.parley.adapter.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.parley.wire.TransportAddress;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// A socket address in native memory (`ip(7)`, `ipv6(7)`).
///
/// ```
/// sockaddr_in   0 family  2 port  4 address                                  16 octets
/// sockaddr_in6  0 family  2 port  4 flow  8 address  24 scope                 28 octets
/// ```
///
/// The family is in the order of the machine, port and address in that of the network.
final class SockAddr {
  /// The room one takes in an array: the larger form, aligned.
  static final int STRIDE = 32;

  static final int IN_OCTETS = 16;
  static final int IN6_OCTETS = 28;

  private static final ValueLayout.OfShort PORT = JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfInt ADDRESS4 = JAVA_INT.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfLong ADDRESS6 = JAVA_LONG.withOrder(ByteOrder.BIG_ENDIAN);
  private static final long MAPPED = 0x0000_ffff_0000_0000L;

  private SockAddr() {}

  /// Writes the form that sockets of a family take, and answers its length.
  static int write(MemorySegment to, long at, boolean inet6, long high, long low, int port) {
    to.set(PORT, at + 2, (short) port);
    if (inet6) {
      to.set(JAVA_SHORT, at, (short) Constants.AF_INET6);
      to.set(JAVA_INT, at + 4, 0);
      to.set(ADDRESS6, at + 8, high);
      to.set(ADDRESS6, at + 16, low);
      to.set(JAVA_INT, at + 24, 0);
      return IN6_OCTETS;
    }
    to.set(JAVA_SHORT, at, (short) Constants.AF_INET);
    to.set(ADDRESS4, at + 4, (int) low);
    to.set(JAVA_LONG, at + 8, 0);
    return IN_OCTETS;
  }

  /// The first word of [TransportAddress].
  static long high(MemorySegment from, long at) {
    return inet6(from, at) ? from.get(ADDRESS6, at + 8) : 0;
  }

  /// The second word of [TransportAddress].
  static long low(MemorySegment from, long at) {
    return inet6(from, at)
        ? from.get(ADDRESS6, at + 16)
        : MAPPED | from.get(ADDRESS4, at + 4) & 0xffff_ffffL;
  }

  static int port(MemorySegment from, long at) {
    return from.get(PORT, at + 2) & 0xffff;
  }

  static TransportAddress read(MemorySegment from, long at) {
    return new TransportAddress(high(from, at), low(from, at), port(from, at));
  }

  private static boolean inet6(MemorySegment from, long at) {
    return from.get(JAVA_BYTE, at) == Constants.AF_INET6;
  }
}
