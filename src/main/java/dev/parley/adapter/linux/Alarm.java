package dev.parley.adapter.linux;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// An `eventfd(2)` by which any thread ends a loop's wait.
///
/// Ringing and closing exclude each other: a late ring must not write into whatever has got the
/// descriptor's number since.
final class Alarm implements Epoll.Ready {
  private final MemorySegment errno;
  private final MemorySegment value;
  private int fd;

  Alarm(Arena arena, MemorySegment errno, Epoll epoll) throws IOException {
    this.errno = errno;
    this.value = arena.allocate(8, 8);
    this.fd = Libc.eventfd(errno, Constants.SOCK_NONBLOCK | Constants.SOCK_CLOEXEC);
    Descriptor.check("eventfd", fd);
    epoll.add(fd, Constants.EPOLLIN, this);
  }

  synchronized void ring() {
    if (fd >= 0) {
      Libc.eventfdWrite(fd, 1);
    }
  }

  @Override
  public void ready(int events) {
    Libc.eventfdRead(errno, fd, value.address());
  }

  synchronized void close() {
    Libc.close(errno, fd);
    fd = -1;
  }
}
