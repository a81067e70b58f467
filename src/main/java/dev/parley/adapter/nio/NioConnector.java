package dev.parley.adapter.nio;

import dev.parley.adapter.io.Bind;
import dev.parley.adapter.io.LoopIo;
import dev.parley.adapter.io.StreamConnector;
import dev.parley.wire.TransportAddress;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/// A `SocketChannel` that is being connected.
final class NioConnector implements StreamConnector, NioIo.Ready {
  private final NioIo io;
  private final SocketChannel channel;
  private final LoopIo.ConnectHandler handler;
  private SelectionKey key;

  private NioConnector(NioIo io, SocketChannel channel, LoopIo.ConnectHandler handler) {
    this.io = io;
    this.channel = channel;
    this.handler = handler;
  }

  static NioConnector open(
      NioIo io, Bind local, TransportAddress remote, LoopIo.ConnectHandler handler)
      throws IOException {
    if (local.address() instanceof Inet6Address == remote.ipv4()) {
      throw new IOException("connect: the peer is of the other address family");
    }
    SocketChannel channel =
        NioBinding.bound(
            local.sharing(Bind.Sharing.FURTHER), SocketChannel::open, NioConnector::bind);
    try {
      NioConnector connector = new NioConnector(io, channel, handler);
      boolean stands = channel.connect(remote.socketAddress());
      // One that stands already is told like the others.
      int ready = stands ? SelectionKey.OP_WRITE : SelectionKey.OP_CONNECT;
      connector.key = channel.register(io.selector, ready, connector);
      return connector;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e instanceof IOException io2 ? io2 : new IOException(e.toString(), e);
    }
  }

  private static void bind(SocketChannel channel, InetSocketAddress address) throws IOException {
    channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
    channel.bind(address);
  }

  @Override
  public void ready(int operations) {
    NioStreamSocket socket;
    try {
      channel.finishConnect();
      key.interestOps(0);
      key = null;
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      socket = new NioStreamSocket(io, channel);
    } catch (IOException e) {
      NioIo.close(channel);
      handler.failed();
      return;
    }
    handler.connected(socket);
  }

  @Override
  public void close() {
    if (key != null) {
      key = null;
      NioIo.close(channel);
    }
  }
}
