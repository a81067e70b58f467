package dev.parley.socket;

import dev.parley.signal.CloseReason;

/// Where a [SocketLine] puts its frames: the container's socket, or a test.
public interface Outlet {
  /// Sends a frame; `done` is told once, on any thread, also before this returns.
  void send(Frame frame, Done done);

  /// Sends a WebSocket ping (RFC 6455, section 5.5.2); the peer answers it by itself.
  void ping();

  /// Takes messages of so many octets from now on, where the container can tell.
  void takes(int octets);

  void close(CloseReason reason);

  /// Calls back once, unless the application ends before.
  void later(Runnable task, long millis);

  /// The end of one send.
  @FunctionalInterface
  interface Done {
    /// @param ok false where the socket is broken
    void sent(boolean ok);
  }
}
