package dev.parley.engine.peer;

import dev.parley.wire.FiveTuple;

/// Where the datagrams of all peers of a loop go. Hot.
@FunctionalInterface
public interface PacketOut {
  /// Sends one message; on a stream with the two octets of its length before it (RFC 4571).
  ///
  /// @param octets valid during the call only
  void transmit(byte[] octets, int at, int length, FiveTuple path);
}
