package dev.parley.adapter.nio;

import dev.parley.adapter.io.StreamSocket;
import dev.parley.wire.FiveTuple;
import dev.parley.wire.Transport;
import dev.parley.wire.TransportAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/// A TCP connection over a `SocketChannel`; octets pass through the loop's one direct buffer.
final class NioStreamSocket implements StreamSocket, NioIo.Ready {
  private final NioIo io;
  private final SocketChannel channel;
  private final FiveTuple path;
  private SelectionKey key;
  private Handler handler;

  NioStreamSocket(NioIo io, SocketChannel channel) throws IOException {
    this.io = io;
    this.channel = channel;
    this.path =
        new FiveTuple(
            Transport.TCP,
            TransportAddress.of((InetSocketAddress) channel.getLocalAddress()),
            TransportAddress.of((InetSocketAddress) channel.getRemoteAddress()));
    io.unserved.add(this);
  }

  @Override
  public FiveTuple path() {
    return path;
  }

  @Override
  public void handler(Handler handler) throws IOException {
    this.handler = handler;
    this.key = channel.register(io.selector, SelectionKey.OP_READ, this);
    io.unserved.remove(this);
  }

  @Override
  public void ready(int operations) {
    if ((operations & SelectionKey.OP_READ) != 0) {
      handler.readable();
    }
    if ((operations & SelectionKey.OP_WRITE) != 0 && key.isValid()) {
      handler.writable();
    }
  }

  @Override
  public int read(byte[] into, int at, int length) throws IOException {
    ByteBuffer buffer = io.stream.clear().limit(Math.min(length, NioIo.STREAM_OCTETS));
    int taken = channel.read(buffer);
    if (taken > 0) {
      buffer.get(0, into, at, taken);
    }
    return taken;
  }

  @Override
  public int write(byte[] from, int at, int length) throws IOException {
    int part = Math.min(length, NioIo.STREAM_OCTETS);
    return channel.write(io.stream.clear().put(from, at, part).flip());
  }

  @Override
  public void interest(boolean read, boolean write) {
    key.interestOps((read ? SelectionKey.OP_READ : 0) | (write ? SelectionKey.OP_WRITE : 0));
  }

  @Override
  public boolean endOutput() throws IOException {
    channel.shutdownOutput();
    return true;
  }

  @Override
  public Left leave() {
    io.unserved.remove(this);
    SelectionKey registered = channel.keyFor(io.selector);
    if (registered != null) {
      registered.cancel();
    }
    return new NioLeft(channel);
  }

  @Override
  public void close() {
    io.unserved.remove(this);
    NioIo.close(channel);
  }
}
