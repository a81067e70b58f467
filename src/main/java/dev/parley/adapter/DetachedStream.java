package dev.parley.adapter;

import dev.parley.adapter.io.StreamSocket;
import dev.parley.wire.FiveTuple;
import java.io.IOException;

/// A connection that has left its framing and still counts against the limits of its source.
final class DetachedStream implements StreamSocket {
  private final StreamConnection connection;
  private final StreamSocket socket;
  private Handler handler;

  DetachedStream(StreamConnection connection, StreamSocket socket) {
    this.connection = connection;
    this.socket = socket;
  }

  void readable() {
    if (handler != null) {
      handler.readable();
    }
  }

  void writable() {
    if (handler != null) {
      handler.writable();
    }
  }

  @Override
  public FiveTuple path() {
    return socket.path();
  }

  @Override
  public void handler(Handler other) {
    handler = other;
  }

  @Override
  public int read(byte[] into, int at, int length) throws IOException {
    return socket.read(into, at, length);
  }

  @Override
  public int write(byte[] from, int at, int length) throws IOException {
    return socket.write(from, at, length);
  }

  @Override
  public void interest(boolean read, boolean write) throws IOException {
    socket.interest(read, write);
  }

  @Override
  public boolean endOutput() throws IOException {
    return socket.endOutput();
  }

  @Override
  public void close() {
    connection.close();
  }
}
