package dev.parley.adapter.linux;

import dev.parley.adapter.io.Bind;
import dev.parley.adapter.io.FlowCache;
import dev.parley.adapter.io.LoopIo;
import dev.parley.adapter.io.UdpSocket;
import dev.parley.wire.TransportAddress;
import java.io.IOException;
import java.net.Inet6Address;

/// A UDP socket as a descriptor; the batches are the loop's.
final class LinuxUdpSocket implements UdpSocket, Epoll.Ready {
  private static final int FLOWS = 8192;

  private final LinuxIo io;
  private final LoopIo.DatagramHandler handler;
  private final TransportAddress local;
  private final boolean inet6;
  private final FlowCache flows;
  private int fd;
  private boolean segments;

  /// The chain of runs this socket has in the loop's [SendQueue]; -1 for none.
  int firstRun = -1;

  int lastRun = -1;

  private LinuxUdpSocket(LinuxIo io, int fd, boolean inet6, LoopIo.DatagramHandler handler)
      throws IOException {
    this.io = io;
    this.fd = fd;
    this.handler = handler;
    this.inet6 = inet6;
    this.local = Descriptor.local(io.errno, fd);
    this.flows = new FlowCache(local, FLOWS);
    this.segments = io.segments;
  }

  static LinuxUdpSocket open(LinuxIo io, Bind bind, LoopIo.DatagramHandler handler)
      throws IOException {
    int fd = Descriptor.udp(io.errno, bind);
    try {
      LinuxUdpSocket socket =
          new LinuxUdpSocket(io, fd, bind.address() instanceof Inet6Address, handler);
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
    io.receiving.receive(this);
  }

  void received(byte[] octets, int length, long high, long low, int port) {
    if (fd >= 0) {
      handler.datagram(octets, 0, length, flows.find(high, low, port));
    }
  }

  @Override
  public void send(byte[] octets, int at, int length, TransportAddress remote) {
    io.sending.send(this, octets, at, length, remote);
  }

  @Override
  public void close() {
    if (fd >= 0) {
      io.flush();
      io.close(fd);
      fd = -1;
    }
  }
}
