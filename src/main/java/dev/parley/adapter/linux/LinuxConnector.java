package dev.parley.adapter.linux;

import dev.parley.adapter.io.Bind;
import dev.parley.adapter.io.LoopIo;
import dev.parley.adapter.io.StreamConnector;
import dev.parley.wire.TransportAddress;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.Inet6Address;

/// A descriptor whose `connect(2)` is in progress.
final class LinuxConnector implements StreamConnector, Epoll.Ready, AutoCloseable {
  private final LinuxIo io;
  private final TransportAddress remote;
  private final LoopIo.ConnectHandler handler;
  private int fd;

  private LinuxConnector(
      LinuxIo io, int fd, TransportAddress remote, LoopIo.ConnectHandler handler) {
    this.io = io;
    this.fd = fd;
    this.remote = remote;
    this.handler = handler;
  }

  static LinuxConnector open(
      LinuxIo io, Bind local, TransportAddress remote, LoopIo.ConnectHandler handler)
      throws IOException {
    boolean inet6 = local.address() instanceof Inet6Address;
    if (inet6 == remote.ipv4()) {
      throw new IOException("connect: the peer is of the other address family");
    }
    int fd = Descriptor.outgoing(io.errno, local);
    try {
      connect(io, fd, inet6, remote);
      LinuxConnector connector = new LinuxConnector(io, fd, remote, handler);
      // One that stands already is writable at once and told like the others.
      io.epoll.add(fd, Constants.EPOLLOUT, connector);
      return connector;
    } catch (IOException e) {
      Libc.close(io.errno, fd);
      throw e;
    }
  }

  private static void connect(LinuxIo io, int fd, boolean inet6, TransportAddress to)
      throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = arena.allocate(SockAddr.STRIDE, 8);
      int length = SockAddr.write(name, 0, inet6, to.high(), to.low(), to.port());
      int result = Libc.connect(io.errno, fd, name, length);
      if (!Errno.EINPROGRESS.is(result)) {
        Descriptor.check("connect", result);
      }
    }
  }

  @Override
  public void ready(int events) {
    int connected = fd;
    fd = -1;
    LinuxStreamSocket socket;
    try {
      io.epoll.remove(connected);
      Descriptor.check("connect", Descriptor.outcome(io.errno, connected));
      Descriptor.noDelay(io.errno, connected, io.one);
      socket = new LinuxStreamSocket(io, connected, remote);
    } catch (IOException e) {
      Libc.close(io.errno, connected);
      handler.failed();
      return;
    }
    handler.connected(socket);
  }

  @Override
  public void close() {
    if (fd >= 0) {
      io.close(fd);
      fd = -1;
    }
  }
}
