package dev.parley.adapter.io;

import dev.parley.wire.TransportAddress;

/// One TCP listener of a loop.
public interface StreamAcceptor extends AutoCloseable {
  /// The bound address with the port the system chose.
  TransportAddress local();

  /// Accepts again after the process ran out of descriptors; nothing happens if it never did.
  void resume();

  @Override
  void close();
}
