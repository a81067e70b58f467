package dev.parley.adapter.nio;

import dev.parley.adapter.io.Bind;
import dev.parley.adapter.io.FlowCache;
import dev.parley.adapter.io.FlowReceiver;
import dev.parley.adapter.io.LoopIo;
import dev.parley.adapter.io.UdpSocket;
import dev.parley.media.Counter;
import dev.parley.wire.TransportAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import jdk.net.ExtendedSocketOptions;

/// A UDP socket over a `DatagramChannel`, one system call a datagram.
final class NioUdpSocket implements UdpSocket, NioIo.Ready {
  /// Addresses kept in the JDK's form: a listener has many clients, a relay few peers.
  private static final int LISTENER_ADDRESSES = 8192;

  private static final int RELAY_ADDRESSES = 8;

  private final NioIo io;
  private final DatagramChannel channel;
  private final TransportAddress local;
  // The JDK's form of the addresses lately sent to, direct-mapped like the flows.
  private final TransportAddress[] remotes;
  private final InetSocketAddress[] socketAddresses;
  private LoopIo.RelayHandler handler;
  // The JDK hands out the same object while the source stays the same.
  private SocketAddress lastSource;
  private long lastHigh;
  private long lastLow;
  private int lastPort;

  private NioUdpSocket(NioIo io, DatagramChannel channel, Bind bind, int addresses)
      throws IOException {
    this.io = io;
    this.channel = channel;
    int port = ((InetSocketAddress) channel.getLocalAddress()).getPort();
    this.local = TransportAddress.of(bind.address(), port);
    this.remotes = new TransportAddress[addresses];
    this.socketAddresses = new InetSocketAddress[addresses];
  }

  static NioUdpSocket listener(NioIo io, Bind bind, LoopIo.DatagramHandler handler)
      throws IOException {
    NioUdpSocket socket = open(io, bind, LISTENER_ADDRESSES);
    socket.handler = new FlowReceiver(socket.local, handler);
    return socket;
  }

  static NioUdpSocket relay(NioIo io, Bind bind, LoopIo.RelayHandler handler) throws IOException {
    NioUdpSocket socket = open(io, bind, RELAY_ADDRESSES);
    socket.handler = handler;
    return socket;
  }

  private static NioUdpSocket open(NioIo io, Bind bind, int addresses) throws IOException {
    DatagramChannel channel =
        NioBinding.bound(bind, DatagramChannel::open, (c, address) -> bind(c, bind, address));
    try {
      NioUdpSocket socket = new NioUdpSocket(io, channel, bind, addresses);
      channel.register(io.selector, SelectionKey.OP_READ, socket);
      return socket;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static void bind(DatagramChannel channel, Bind bind, InetSocketAddress address)
      throws IOException {
    if (bind.bufferOctets() > 0) {
      channel.setOption(StandardSocketOptions.SO_RCVBUF, bind.bufferOctets());
      channel.setOption(StandardSocketOptions.SO_SNDBUF, bind.bufferOctets());
    }
    channel.bind(address);
  }

  @Override
  public TransportAddress local() {
    return local;
  }

  @Override
  public void ready(int operations) {
    try {
      for (int i = 0; i < LoopIo.BATCH && receiveOne(); i++) {}
    } catch (IOException e) {
      // An error left over from something sent earlier; the socket itself is well.
      io.counters.count(Counter.SEND_FAILURES);
    }
  }

  private boolean receiveOne() throws IOException {
    ByteBuffer in = io.datagramIn.clear();
    SocketAddress source = channel.isOpen() ? channel.receive(in) : null;
    if (source == null) {
      return false;
    }
    io.counters.count(Counter.DATAGRAMS_RECEIVED);
    int length = in.position();
    if (length > LoopIo.DATAGRAM_OCTETS) {
      io.counters.count(Counter.DATAGRAMS_TRUNCATED);
      return true;
    }
    in.get(0, io.octets, LoopIo.ROOM, length);
    locate(source);
    handler.datagram(io.octets, LoopIo.ROOM, length, lastHigh, lastLow, lastPort);
    return true;
  }

  private void locate(SocketAddress source) {
    if (source != lastSource) {
      TransportAddress remote = TransportAddress.of((InetSocketAddress) source);
      lastHigh = remote.high();
      lastLow = remote.low();
      lastPort = remote.port();
      lastSource = source;
    }
  }

  @Override
  public void send(byte[] octets, int at, int length, TransportAddress remote) {
    boolean sent = false;
    if (length <= io.datagramOut.capacity()) {
      ByteBuffer out = io.datagramOut.clear().put(octets, at, length).flip();
      try {
        // Sending to nobody in particular answers 0 where the kernel's buffer is full.
        sent = channel.send(out, socketAddress(remote)) == length && !out.hasRemaining();
      } catch (IOException | RuntimeException e) {
        sent = false;
      }
    }
    io.counters.count(sent ? Counter.DATAGRAMS_SENT : Counter.SEND_FAILURES);
  }

  @Override
  public void sendWhole(byte[] octets, int at, int length, TransportAddress remote) {
    fragment(false);
    send(octets, at, length, remote);
    fragment(true);
  }

  private void fragment(boolean may) {
    try {
      channel.setOption(ExtendedSocketOptions.IP_DONTFRAGMENT, !may);
    } catch (IOException | UnsupportedOperationException e) {
      // A system without the option sends it as it can.
      io.counters.count(Counter.SEND_FAILURES);
    }
  }

  private InetSocketAddress socketAddress(TransportAddress remote) {
    int slot = FlowCache.hash(remote.high(), remote.low(), remote.port()) & remotes.length - 1;
    TransportAddress cached = remotes[slot];
    if (cached != remote && !remote.equals(cached)) {
      remotes[slot] = remote;
      socketAddresses[slot] = remote.socketAddress();
    }
    return socketAddresses[slot];
  }

  @Override
  public void close() {
    NioIo.close(channel);
  }
}
