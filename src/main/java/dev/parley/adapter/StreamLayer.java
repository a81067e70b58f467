package dev.parley.adapter;

import dev.parley.adapter.io.StreamSocket;
import dev.parley.wire.TransportAddress;

/// Stands between the accepted connections of a service and the frames on them, as TLS does.
@FunctionalInterface
public interface StreamLayer {
  /// Frames on the bare connections.
  StreamLayer NONE = loop -> raw -> raw;

  /// The layer of one loop.
  Door on(EventLoop loop);

  /// The layer on one loop, confined to it.
  @FunctionalInterface
  interface Door {
    /// What is to be framed instead of the bare connection. Its path may change until the first
    /// octets have been read from it; from then on it stands.
    StreamSocket over(StreamSocket raw);

    /// Whether a source speaks for many clients, as a reverse proxy; then its connections count for
    /// the clients that it names.
    default boolean vouches(TransportAddress source) {
      return false;
    }

    /// Once a second, while there are connections.
    default void tick(long now) {}
  }
}
