package dev.parley.engine.peer;

import dev.parley.wire.FiveTuple;

/// Where the datagrams of all peers of a loop go. Hot.
@FunctionalInterface
public interface PacketOut {
  /// Octets of the length before a message on a stream (RFC 4571, section 2).
  int LENGTH = 2;

  /// Sends one message; on a stream with its length before it.
  ///
  /// @param octets valid during the call only
  void transmit(byte[] octets, int at, int length, FiveTuple path);
}
