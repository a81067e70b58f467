package dev.parley.adapter.nio;

import dev.parley.adapter.io.Bind;
import dev.parley.adapter.io.Counters;
import dev.parley.adapter.io.LoopIo;
import dev.parley.adapter.io.StreamAcceptor;
import dev.parley.adapter.io.StreamConnector;
import dev.parley.adapter.io.UdpSocket;
import dev.parley.wire.TransportAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet6Address;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// The twin for every system with a JVM: a selector and one channel per socket.
public final class NioIo implements LoopIo {
  private static final System.Logger LOG = System.getLogger(NioIo.class.getName());

  /// One system call moves at most this much of a stream.
  static final int STREAM_OCTETS = 64 * 1024;

  final Counters counters;
  final Selector selector;
  // One octet more than is taken shows which datagrams were larger.
  final ByteBuffer datagramIn = ByteBuffer.allocateDirect(DATAGRAM_OCTETS + 1);
  final ByteBuffer datagramOut = ByteBuffer.allocateDirect(64 * 1024);
  final ByteBuffer stream = ByteBuffer.allocateDirect(STREAM_OCTETS);
  final byte[] octets = new byte[ROOM + DATAGRAM_OCTETS + ROOM];
  private final Consumer<SelectionKey> dispatch = NioIo::dispatch;
  // Open connections that have no handler yet, so the selector does not know of them.
  final Set<NioStreamSocket> unserved = new HashSet<>();
  private boolean ready;

  public NioIo(Counters counters) throws IOException {
    this.counters = counters;
    this.selector = Selector.open();
  }

  @Override
  public UdpSocket udp(Bind bind, DatagramHandler handler) throws IOException {
    return NioUdpSocket.listener(this, bind, handler);
  }

  @Override
  public UdpSocket relay(Bind bind, RelayHandler handler) throws IOException {
    return NioUdpSocket.relay(this, bind, handler);
  }

  @Override
  public StreamAcceptor tcp(Bind bind, AcceptHandler handler) throws IOException {
    return NioStreamAcceptor.open(this, bind, handler);
  }

  @Override
  public StreamConnector connect(Bind local, TransportAddress remote, ConnectHandler handler)
      throws IOException {
    return NioConnector.open(this, local, remote, handler);
  }

  @Override
  public void await(long nanos) throws IOException {
    if (nanos <= 0) {
      ready = selector.selectNow() > 0;
    } else if (nanos == Long.MAX_VALUE) {
      ready = selector.select() > 0;
    } else {
      ready = selector.select(TimeUnit.NANOSECONDS.toMillis(nanos + 999_999)) > 0;
    }
  }

  @Override
  public void dispatch() {
    if (ready) {
      ready = false;
      var keys = selector.selectedKeys();
      keys.forEach(dispatch);
      keys.clear();
    }
  }

  private static void dispatch(SelectionKey key) {
    if (key.isValid()) {
      ((Ready) key.attachment()).ready(key.readyOps());
    }
  }

  /// Every datagram went to the kernel when it was sent.
  @Override
  public void flush() {}

  @Override
  public void wake() {
    selector.wakeup();
  }

  @Override
  public void close() {
    try {
      for (SelectionKey key : selector.keys()) {
        key.channel().close();
      }
      List.copyOf(unserved).forEach(NioStreamSocket::close);
      // A closed channel leaves its descriptor behind until its key is taken off the selector.
      selector.selectNow();
      selector.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Whether a bind must say SO_REUSEPORT. The JDK makes every IPv6 channel a dual-stack one, so
  /// `::` and `0.0.0.0` get along on one port only if both say so; the kernel then prefers the IPv4
  /// socket for IPv4.
  static boolean reusePort(Bind bind) {
    return bind.sharing() != Bind.Sharing.ALONE || bind.address().isAnyLocalAddress();
  }

  /// Whether the port is to be tried alone first. Not for `::`, which would find our own `0.0.0.0`.
  static boolean tryAlone(Bind bind) {
    return bind.sharing() == Bind.Sharing.FIRST
        && bind.port() != 0
        && !(bind.address() instanceof Inet6Address && bind.address().isAnyLocalAddress());
  }

  static ProtocolFamily family(Bind bind) {
    return bind.address() instanceof Inet6Address
        ? StandardProtocolFamily.INET6
        : StandardProtocolFamily.INET;
  }

  /// Closes a channel; one that fails to close is closed all the same.
  static void close(Channel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "a channel complained when closed", e);
    }
  }

  /// What hangs on a selection key.
  interface Ready {
    void ready(int operations);
  }
}
