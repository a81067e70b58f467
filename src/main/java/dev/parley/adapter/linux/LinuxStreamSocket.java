package dev.parley.adapter.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.parley.adapter.io.StreamSocket;
import dev.parley.wire.FiveTuple;
import dev.parley.wire.Transport;
import dev.parley.wire.TransportAddress;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/// A TCP connection as a descriptor; octets pass through the loop's one native buffer.
final class LinuxStreamSocket implements StreamSocket, Epoll.Ready {
  private static final int READ =
      Constants.EPOLLIN | Constants.EPOLLRDHUP | Constants.EPOLLHUP | Constants.EPOLLERR;

  private final LinuxIo io;
  private final FiveTuple path;
  private Handler handler;
  private int fd;
  private boolean watched;

  LinuxStreamSocket(LinuxIo io, int fd, TransportAddress remote) throws IOException {
    this(io, fd, new FiveTuple(Transport.TCP, Descriptor.local(io.errno, fd), remote));
  }

  LinuxStreamSocket(LinuxIo io, int fd, FiveTuple path) {
    this.io = io;
    this.fd = fd;
    this.path = path;
    io.unwatched.add(this);
  }

  @Override
  public FiveTuple path() {
    return path;
  }

  @Override
  public void handler(Handler handler) throws IOException {
    this.handler = handler;
    watch(Constants.EPOLLIN | Constants.EPOLLRDHUP);
  }

  @Override
  public void ready(int events) {
    if ((events & READ) != 0) {
      handler.readable();
    }
    if ((events & Constants.EPOLLOUT) != 0 && fd >= 0) {
      handler.writable();
    }
  }

  @Override
  public int read(byte[] into, int at, int length) throws IOException {
    int part = Math.min(length, LinuxIo.STREAM_OCTETS);
    int taken = Libc.recv(io.errno, fd, io.stream.address(), part, Constants.MSG_DONTWAIT);
    if (taken > 0) {
      MemorySegment.copy(io.stream, JAVA_BYTE, 0, into, at, taken);
      return taken;
    }
    return taken == 0 ? -1 : orNothing("recv", taken);
  }

  @Override
  public int write(byte[] from, int at, int length) throws IOException {
    int part = Math.min(length, LinuxIo.STREAM_OCTETS);
    MemorySegment.copy(from, at, io.stream, JAVA_BYTE, 0, part);
    int given =
        Libc.send(
            io.errno,
            fd,
            io.stream.address(),
            part,
            Constants.MSG_DONTWAIT | Constants.MSG_NOSIGNAL);
    return given >= 0 ? given : orNothing("send", given);
  }

  private static int orNothing(String call, int error) throws IOException {
    if (Errno.EAGAIN.is(error) || Errno.EINTR.is(error)) {
      return 0;
    }
    throw Errno.exception(call, error);
  }

  @Override
  public void interest(boolean read, boolean write) throws IOException {
    watch((read ? Constants.EPOLLIN | Constants.EPOLLRDHUP : 0) | (write ? Constants.EPOLLOUT : 0));
  }

  // Epoll always tells errors and hang-ups: a connection that is to wait would keep the loop busy.
  private void watch(int events) throws IOException {
    if (events == 0) {
      unwatch();
    } else if (watched) {
      io.epoll.modify(fd, events);
    } else {
      io.epoll.add(fd, events, this);
      io.unwatched.remove(this);
      watched = true;
    }
  }

  private void unwatch() throws IOException {
    if (watched) {
      io.epoll.remove(fd);
      io.unwatched.add(this);
      watched = false;
    }
  }

  @Override
  public boolean endOutput() throws IOException {
    Descriptor.check("shutdown", Libc.shutdown(io.errno, fd, Constants.SHUT_WR));
    return true;
  }

  @Override
  public Left leave() throws IOException {
    unwatch();
    io.unwatched.remove(this);
    LinuxLeft left = new LinuxLeft(fd, path);
    fd = -1;
    return left;
  }

  @Override
  public void close() {
    if (fd >= 0) {
      io.unwatched.remove(this);
      if (watched) {
        io.close(fd);
      } else {
        Libc.close(io.errno, fd);
      }
      fd = -1;
    }
  }
}
