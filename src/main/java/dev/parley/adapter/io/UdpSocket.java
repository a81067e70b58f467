package dev.parley.adapter.io;

import dev.parley.wire.TransportAddress;

/// One UDP socket of a loop.
public interface UdpSocket extends AutoCloseable {
  /// The bound address with the port the system chose.
  TransportAddress local();

  /// Hot: sends now or at the next flush; the octets are copied. What the kernel refuses is counted
  /// and concerns this datagram only.
  void send(byte[] octets, int at, int length, TransportAddress remote);

  /// Rare: sends one datagram at once, and not in fragments (RFC 8656, section 18.9).
  void sendWhole(byte[] octets, int at, int length, TransportAddress remote);

  @Override
  void close();
}
