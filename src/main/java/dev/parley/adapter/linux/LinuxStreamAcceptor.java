package dev.parley.adapter.linux;

import dev.parley.adapter.io.Bind;
import dev.parley.adapter.io.LoopIo;
import dev.parley.adapter.io.StreamAcceptor;
import dev.parley.wire.TransportAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// A listening TCP descriptor.
final class LinuxStreamAcceptor implements StreamAcceptor, Epoll.Ready {
  private static final int NEW = Constants.SOCK_NONBLOCK | Constants.SOCK_CLOEXEC;

  private final LinuxIo io;
  private final LoopIo.AcceptHandler handler;
  private final TransportAddress local;
  private int fd;

  private LinuxStreamAcceptor(LinuxIo io, int fd, LoopIo.AcceptHandler handler) throws IOException {
    this.io = io;
    this.fd = fd;
    this.handler = handler;
    this.local = Descriptor.local(io.errno, fd);
  }

  static LinuxStreamAcceptor open(LinuxIo io, Bind bind, LoopIo.AcceptHandler handler)
      throws IOException {
    int fd = Descriptor.tcp(io.errno, bind);
    try {
      LinuxStreamAcceptor acceptor = new LinuxStreamAcceptor(io, fd, handler);
      io.epoll.add(fd, Constants.EPOLLIN, acceptor);
      return acceptor;
    } catch (IOException e) {
      Libc.close(io.errno, fd);
      throw e;
    }
  }

  @Override
  public TransportAddress local() {
    return local;
  }

  @Override
  public void ready(int events) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = arena.allocate(SockAddr.STRIDE, 8);
      MemorySegment length = arena.allocate(ValueLayout.JAVA_INT);
      for (int i = 0; i < LoopIo.BATCH && fd >= 0; i++) {
        length.set(ValueLayout.JAVA_INT, 0, SockAddr.IN6_OCTETS);
        int accepted = Libc.accept4(io.errno, fd, name.address(), length.address(), NEW);
        if (accepted < 0) {
          failed(accepted);
          return;
        }
        take(accepted, SockAddr.read(name, 0));
      }
    }
  }

  private void take(int accepted, TransportAddress remote) {
    Descriptor.noDelay(io.errno, accepted, io.one);
    LinuxStreamSocket socket;
    try {
      socket = new LinuxStreamSocket(io, accepted, remote);
    } catch (IOException e) {
      // The client has gone already.
      Libc.close(io.errno, accepted);
      return;
    }
    handler.accepted(socket);
  }

  // What waits in the listener's queue cannot be taken while descriptors or memory are out, and the
  // listener would stay ready and spin. Other errors are of the one connection.
  private void failed(int error) {
    if (Errno.EMFILE.is(error)
        || Errno.ENFILE.is(error)
        || Errno.ENOBUFS.is(error)
        || Errno.ENOMEM.is(error)) {
      listen(0);
      handler.failed();
    }
  }

  @Override
  public void resume() {
    if (fd >= 0) {
      listen(Constants.EPOLLIN);
    }
  }

  private void listen(int interest) {
    try {
      io.epoll.modify(fd, interest);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    if (fd >= 0) {
      io.close(fd);
      fd = -1;
    }
  }
}
