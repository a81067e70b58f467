package dev.parley.adapter.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/// The system calls of the adapter, through the C library the JVM already has; nothing is loaded.
///
/// Every call answers what the kernel answers, an error as its negated `errno`. Pointers of the hot
/// calls are plain 64-bit words: the memory is the loop's own and outlives the call. None is
/// `critical`, which would hold up safepoints for a whole batch.
final class Libc {
  private static final Linker LINKER = Linker.nativeLinker();
  private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");
  private static final VarHandle ERRNO_VALUE =
      Linker.Option.captureStateLayout().varHandle(MemoryLayout.PathElement.groupElement("errno"));

  private static final MethodHandle SOCKET = ints("socket", 3);
  private static final MethodHandle BIND = bind("bind", JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle LISTEN = ints("listen", 2);
  private static final MethodHandle CLOSE = ints("close", 1);
  private static final MethodHandle SETSOCKOPT =
      bind("setsockopt", JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle GETSOCKNAME = bind("getsockname", JAVA_INT, ADDRESS, ADDRESS);
  private static final MethodHandle ACCEPT4 =
      bind("accept4", JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT);
  private static final MethodHandle EPOLL_CREATE1 = ints("epoll_create1", 1);
  private static final MethodHandle EPOLL_CTL =
      bind("epoll_ctl", JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS);
  private static final MethodHandle EPOLL_WAIT =
      bind("epoll_wait", JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT);
  private static final MethodHandle EVENTFD = ints("eventfd", 2);
  private static final MethodHandle EVENTFD_READ = bind("eventfd_read", JAVA_INT, JAVA_LONG);
  // Takes its value in a register, so any thread can call it without memory of its own.
  private static final MethodHandle EVENTFD_WRITE = withoutErrno("eventfd_write");
  private static final MethodHandle RECVMMSG =
      bind("recvmmsg", JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_LONG);
  private static final MethodHandle SENDMMSG =
      bind("sendmmsg", JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT);
  private static final MethodHandle RECVMSG =
      handle("recvmsg", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_INT));
  private static final MethodHandle CONNECT = bind("connect", JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle GETSOCKOPT =
      bind("getsockopt", JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS);
  private static final MethodHandle SHUTDOWN = ints("shutdown", 2);
  private static final MethodHandle RECV = transfer("recv");
  private static final MethodHandle SEND = transfer("send");

  private Libc() {}

  /// The size of the area in which a call leaves its errno; each loop has one.
  static MemoryLayout errnoArea() {
    return Linker.Option.captureStateLayout();
  }

  private static MethodHandle ints(String name, int arguments) {
    MemoryLayout[] layouts = new MemoryLayout[arguments];
    java.util.Arrays.fill(layouts, JAVA_INT);
    return bind(name, layouts);
  }

  private static MethodHandle bind(String name, MemoryLayout... arguments) {
    return handle(name, FunctionDescriptor.of(JAVA_INT, arguments));
  }

  private static MethodHandle transfer(String name) {
    return handle(name, FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT));
  }

  @SuppressWarnings("restricted")
  private static MethodHandle handle(String name, FunctionDescriptor shape) {
    return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), shape, ERRNO);
  }

  @SuppressWarnings("restricted")
  private static MethodHandle withoutErrno(String name) {
    return LINKER.downcallHandle(
        LINKER.defaultLookup().findOrThrow(name),
        FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG));
  }

  static int socket(MemorySegment errno, int family, int type) {
    try {
      return result(errno, (int) SOCKET.invokeExact(errno, family, type, 0));
    } catch (Throwable t) {
      throw unexpected(t);
    }
  }

  static int bind(MemorySegment errno, int fd, MemorySegment address, int length) {
    try {
      return result(errno, (int) BIND.invokeExact(errno, fd, address, length));
    } catch (Throwable t) {
      throw unexpected(t);
    }
  }

  static int listen(MemorySegment errno, int fd, int backlog) {
    try {
      return result(errno, (int) LISTEN.invokeExact(errno, fd, backlog));
    } catch (Throwable t) {
      throw unexpected(t);
    }
  }

  static int close(MemorySegment errno, int fd) {
    try {
      return result(errno, (int) CLOSE.invokeExact(errno, fd));
    } catch (Throwable t) {
      throw unexpected(t);
    }
  }

  static int setsockopt(MemorySegment errno, int fd, int level, int option, MemorySegment value) {
    try {
      return result(
          errno,
          (int) SETSOCKOPT.invokeExact(errno, fd, level, option, value, (int) value.byteSize()));
    } catch (Throwable t) {
      throw unexpected(t);
    }
  }

  static int getsockname(MemorySegment errno, int fd, MemorySegment address, MemorySegment length) {
    try {
      return result(errno, (int) GETSOCKNAME.invokeExact(errno, fd, address, length));
    } catch (Throwable t) {
      throw unexpected(t);
    }
  }

  static int accept4(MemorySegment errno, int fd, long address, long length, int flags) {
    try {
      return result(errno, (int) ACCEPT4.invokeExact(errno, fd, address, length, flags));
    } catch (Throwable t) {
      throw unexpected(t);
    }
  }

  static int epollCreate(MemorySegment errno, int flags) {
    try {
      return result(errno, (int) EPOLL_CREATE1.invokeExact(errno, flags));
    } catch (Throwable t) {
      throw unexpected(t);
    }
  }

  static int epollControl(MemorySegment errno, int epoll, int what, int fd, MemorySegment event) {
    try {
      return result(errno, (int) EPOLL_CTL.invokeExact(errno, epoll, what, fd, event));
    } catch (Throwable t) {
      throw unexpected(t);
    }
  }

  static int epollWait(MemorySegment errno, int epoll, long events, int count, int millis) {
    try {
      return result(errno, (int) EPOLL_WAIT.invokeExact(errno, epoll, events, count, millis));
    } catch (Throwable t) {
      throw unexpected(t);
    }
  }

  static int eventfd(MemorySegment errno, int flags) {
    try {
      return result(errno, (int) EVENTFD.invokeExact(errno, 0, flags));
    } catch (Throwable t) {
      throw unexpected(t);
    }
  }

  static int eventfdRead(MemorySegment errno, int fd, long value) {
    try {
      return result(errno, (int) EVENTFD_READ.invokeExact(errno, fd, value));
    } catch (Throwable t) {
      throw unexpected(t);
    }
  }

  static int eventfdWrite(int fd, long value) {
    try {
      return (int) EVENTFD_WRITE.invokeExact(fd, value);
    } catch (Throwable t) {
      throw unexpected(t);
    }
  }

  static int recvmmsg(MemorySegment errno, int fd, long headers, int count, int flags) {
    try {
      return result(errno, (int) RECVMMSG.invokeExact(errno, fd, headers, count, flags, 0L));
    } catch (Throwable t) {
      throw unexpected(t);
    }
  }

  static int sendmmsg(MemorySegment errno, int fd, long headers, int count, int flags) {
    try {
      return result(errno, (int) SENDMMSG.invokeExact(errno, fd, headers, count, flags));
    } catch (Throwable t) {
      throw unexpected(t);
    }
  }

  static int recvmsg(MemorySegment errno, int fd, long header, int flags) {
    try {
      return result(errno, (int) (long) RECVMSG.invokeExact(errno, fd, header, flags));
    } catch (Throwable t) {
      throw unexpected(t);
    }
  }

  static int recv(MemorySegment errno, int fd, long into, int length, int flags) {
    try {
      return result(errno, (int) (long) RECV.invokeExact(errno, fd, into, (long) length, flags));
    } catch (Throwable t) {
      throw unexpected(t);
    }
  }

  static int send(MemorySegment errno, int fd, long from, int length, int flags) {
    try {
      return result(errno, (int) (long) SEND.invokeExact(errno, fd, from, (long) length, flags));
    } catch (Throwable t) {
      throw unexpected(t);
    }
  }

  static int connect(MemorySegment errno, int fd, MemorySegment address, int length) {
    try {
      return result(errno, (int) CONNECT.invokeExact(errno, fd, address, length));
    } catch (Throwable t) {
      throw unexpected(t);
    }
  }

  static int getsockopt(
      MemorySegment errno, int fd, int level, int option, MemorySegment value, MemorySegment size) {
    try {
      return result(errno, (int) GETSOCKOPT.invokeExact(errno, fd, level, option, value, size));
    } catch (Throwable t) {
      throw unexpected(t);
    }
  }

  static int shutdown(MemorySegment errno, int fd, int how) {
    try {
      return result(errno, (int) SHUTDOWN.invokeExact(errno, fd, how));
    } catch (Throwable t) {
      throw unexpected(t);
    }
  }

  private static int result(MemorySegment errno, int answer) {
    return answer >= 0 ? answer : -(int) ERRNO_VALUE.get(errno, 0L);
  }

  // A downcall throws nothing by itself; what comes here is an error of the JVM or of ours.
  private static AssertionError unexpected(Throwable t) {
    if (t instanceof Error error) {
      throw error;
    }
    return new AssertionError(t);
  }
}
