package dev.parley.adapter;

import dev.parley.wire.FiveTuple;

/// Sends on the paths of one transport that has no sockets of its own, as DTLS; one a loop.
public interface DatagramOutlet {
  /// Hot: sends one message; the octets are copied.
  void transmit(byte[] octets, int at, int length, FiveTuple path);
}
