package dev.parley.adapter.relay;

import dev.parley.adapter.io.StreamConnector;
import dev.parley.adapter.io.StreamSocket;

/// One peer connection of a TCP relay (RFC 6062), by its CONNECTION-ID: being made, standing and
/// unread, bridged here, or bridged on the loop that has the client's data connection.
final class TcpPeer {
  static final int HERE = -1;

  final int connection;
  final long relay;
  StreamConnector connector;
  StreamSocket socket;
  TcpBridge bridge;
  int bridgedOn = HERE;

  TcpPeer(int connection, long relay) {
    this.connection = connection;
    this.relay = relay;
  }

  /// Closes what is on this loop.
  void close() {
    if (connector != null) {
      connector.close();
    }
    if (bridge != null) {
      bridge.end();
    } else if (socket != null) {
      socket.close();
    }
  }
}
