package dev.parley.adapter.linux;

import dev.parley.adapter.io.Bind;
import dev.parley.adapter.io.FlowReceiver;
import dev.parley.adapter.io.LoopIo;
import dev.parley.adapter.io.UdpSocket;
import dev.parley.wire.TransportAddress;
import java.io.IOException;
import java.net.Inet6Address;

/// A UDP socket as a descriptor; the batches are the loop's.
final class LinuxUdpSocket implements UdpSocket, Epoll.Ready {
  private final LinuxIo io;
  private final TransportAddress local;
  private final boolean inet6;
  private final boolean relay;
  private LoopIo.RelayHandler handler;
  private int fd;
  private boolean segments;

  /// The chain of runs this socket has in the loop's [SendQueue]; -1 for none.
  int firstRun = -1;

  int lastRun = -1;

  private LinuxUdpSocket(LinuxIo io, int fd, boolean inet6, boolean relay) throws IOException {
    this.io = io;
    this.fd = fd;
    this.inet6 = inet6;
    this.relay = relay;
    this.local = Descriptor.local(io.errno, fd);
    this.segments = io.segments;
  }

  static LinuxUdpSocket listener(LinuxIo io, Bind bind, LoopIo.DatagramHandler handler)
      throws IOException {
    LinuxUdpSocket socket = open(io, bind, false);
    socket.handler = new FlowReceiver(socket.local, handler);
    return socket;
  }

  static LinuxUdpSocket relay(LinuxIo io, Bind bind, LoopIo.RelayHandler handler)
      throws IOException {
    LinuxUdpSocket socket = open(io, bind, true);
    socket.handler = handler;
    return socket;
  }

  private static LinuxUdpSocket open(LinuxIo io, Bind bind, boolean relay) throws IOException {
    int fd = Descriptor.udp(io.errno, bind);
    try {
      boolean inet6 = bind.address() instanceof Inet6Address;
      if (relay) {
        ErrorQueue.enable(io, fd, inet6);
      }
      LinuxUdpSocket socket = new LinuxUdpSocket(io, fd, inet6, relay);
      io.epoll.add(fd, Constants.EPOLLIN, socket);
      return socket;
    } catch (IOException e) {
      Libc.close(io.errno, fd);
      throw e;
    }
  }

  int fd() {
    return fd;
  }

  boolean inet6() {
    return inet6;
  }

  /// Whether an error of an earlier datagram may be reported when another one is sent.
  boolean toldErrors() {
    return relay;
  }

  boolean segments() {
    return segments;
  }

  void stopSegmenting() {
    segments = false;
  }

  @Override
  public TransportAddress local() {
    return local;
  }

  @Override
  public void ready(int events) {
    if (relay && (events & Constants.EPOLLERR) != 0) {
      io.errors.drain(fd, handler);
    }
    if (fd >= 0) {
      io.receiving.receive(this);
    }
  }

  void received(byte[] octets, int at, int length, long high, long low, int port) {
    if (fd >= 0) {
      handler.datagram(octets, at, length, high, low, port);
    }
  }

  @Override
  public void send(byte[] octets, int at, int length, TransportAddress remote) {
    io.sending.send(this, octets, at, length, remote);
  }

  @Override
  public void sendWhole(byte[] octets, int at, int length, TransportAddress remote) {
    io.flush();
    ErrorQueue.fragment(io, fd, inet6, false);
    send(octets, at, length, remote);
    io.flush();
    ErrorQueue.fragment(io, fd, inet6, true);
  }

  @Override
  public void close() {
    if (fd >= 0) {
      if (lastRun >= 0) {
        io.flush();
      }
      io.close(fd);
      fd = -1;
    }
  }
}
