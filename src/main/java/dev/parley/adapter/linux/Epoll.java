package dev.parley.adapter.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/// An `epoll(7)` instance, level-triggered, with the objects behind its descriptors.
///
/// `struct epoll_event` is packed on x86-64 (12 octets) and aligned elsewhere (16).
final class Epoll {
  private static final int EVENTS = 256;
  private static final boolean PACKED = "amd64".equals(System.getProperty("os.arch"));
  private static final int STRIDE = PACKED ? 12 : 16;
  private static final int DATA = PACKED ? 4 : 8;

  private final MemorySegment errno;
  private final MemorySegment events;
  private final MemorySegment change;
  private final int fd;
  // By descriptor, which the kernel keeps small; an event of a closed one finds null, or a
  // successor that is simply not ready.
  private Ready[] watched = new Ready[64];
  private int found;

  Epoll(Arena arena, MemorySegment errno) throws IOException {
    this.errno = errno;
    this.events = arena.allocate((long) STRIDE * EVENTS, 8);
    this.change = arena.allocate(STRIDE, 8);
    this.fd = Libc.epollCreate(errno, Constants.SOCK_CLOEXEC);
    Descriptor.check("epoll_create1", fd);
  }

  /// What stands behind a descriptor.
  interface Ready {
    void ready(int events);
  }

  void add(int watchedFd, int interest, Ready ready) throws IOException {
    control(Constants.EPOLL_CTL_ADD, watchedFd, interest);
    if (watchedFd >= watched.length) {
      watched = Arrays.copyOf(watched, Math.max(watchedFd + 1, watched.length * 2));
    }
    watched[watchedFd] = ready;
  }

  void modify(int watchedFd, int interest) throws IOException {
    control(Constants.EPOLL_CTL_MOD, watchedFd, interest);
  }

  /// Takes a descriptor that stays open off the instance.
  void remove(int watchedFd) throws IOException {
    watched[watchedFd] = null;
    control(Constants.EPOLL_CTL_DEL, watchedFd, 0);
  }

  /// Forgets a descriptor that is about to be closed; closing takes it off the instance.
  void forget(int watchedFd) {
    watched[watchedFd] = null;
  }

  private void control(int what, int watchedFd, int interest) throws IOException {
    change.set(JAVA_INT, 0, interest);
    change.set(JAVA_LONG_UNALIGNED, DATA, watchedFd);
    Descriptor.check("epoll_ctl", Libc.epollControl(errno, fd, what, watchedFd, change));
  }

  /// @param millis -1 waits without end
  void await(int millis) throws IOException {
    int result = Libc.epollWait(errno, fd, events.address(), EVENTS, millis);
    found = Math.max(0, result);
    if (result < 0 && !Errno.EINTR.is(result)) {
      throw Errno.exception("epoll_wait", result);
    }
  }

  void dispatch() {
    int count = found;
    found = 0;
    for (int i = 0; i < count; i++) {
      long at = (long) i * STRIDE;
      Ready ready = watched[(int) events.get(JAVA_LONG_UNALIGNED, at + DATA)];
      if (ready != null) {
        ready.ready(events.get(java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED, at));
      }
    }
  }

  /// Everything still watched, for the loop's end.
  Ready[] watched() {
    return watched.clone();
  }

  void close() {
    Libc.close(errno, fd);
  }
}
