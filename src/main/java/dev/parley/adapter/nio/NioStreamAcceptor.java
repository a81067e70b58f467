package dev.parley.adapter.nio;

import dev.parley.adapter.io.Bind;
import dev.parley.adapter.io.LoopIo;
import dev.parley.adapter.io.StreamAcceptor;
import dev.parley.wire.TransportAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/// A TCP listener over a `ServerSocketChannel`.
final class NioStreamAcceptor implements StreamAcceptor, NioIo.Ready {
  private static final int BACKLOG = 1024;

  private final NioIo io;
  private final ServerSocketChannel channel;
  private final SelectionKey key;
  private final LoopIo.AcceptHandler handler;
  private final TransportAddress local;

  private NioStreamAcceptor(
      NioIo io, ServerSocketChannel channel, Bind bind, LoopIo.AcceptHandler handler)
      throws IOException {
    this.io = io;
    this.channel = channel;
    this.handler = handler;
    int port = ((InetSocketAddress) channel.getLocalAddress()).getPort();
    this.local = TransportAddress.of(bind.address(), port);
    this.key = channel.register(io.selector, SelectionKey.OP_ACCEPT, this);
  }

  static NioStreamAcceptor open(NioIo io, Bind bind, LoopIo.AcceptHandler handler)
      throws IOException {
    ServerSocketChannel channel =
        NioBinding.bound(bind, ServerSocketChannel::open, NioStreamAcceptor::listen);
    try {
      return new NioStreamAcceptor(io, channel, bind, handler);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static void listen(ServerSocketChannel channel, InetSocketAddress address)
      throws IOException {
    channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
    channel.bind(address, BACKLOG);
  }

  @Override
  public TransportAddress local() {
    return local;
  }

  @Override
  public void ready(int operations) {
    for (int i = 0; i < LoopIo.BATCH && channel.isOpen(); i++) {
      SocketChannel accepted;
      try {
        accepted = channel.accept();
      } catch (IOException e) {
        // Out of descriptors: the listener would stay ready and spin.
        key.interestOps(0);
        handler.failed();
        return;
      }
      if (accepted == null) {
        return;
      }
      take(accepted);
    }
  }

  private void take(SocketChannel accepted) {
    try {
      accepted.configureBlocking(false);
      accepted.setOption(StandardSocketOptions.TCP_NODELAY, true);
      handler.accepted(new NioStreamSocket(io, accepted));
    } catch (IOException e) {
      // The client has gone already.
      NioIo.close(accepted);
    }
  }

  @Override
  public void resume() {
    if (key.isValid()) {
      key.interestOps(SelectionKey.OP_ACCEPT);
    }
  }

  @Override
  public void close() {
    NioIo.close(channel);
  }
}
