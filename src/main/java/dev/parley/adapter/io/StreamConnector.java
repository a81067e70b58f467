package dev.parley.adapter.io;

/// A TCP connection that is being made.
public interface StreamConnector extends AutoCloseable {
  /// Gives up; its handler is told nothing any more. After the handler was told, nothing happens.
  @Override
  void close();
}
