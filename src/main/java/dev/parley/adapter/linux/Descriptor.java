package dev.parley.adapter.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.parley.adapter.io.Bind;
import dev.parley.wire.TransportAddress;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.Inet6Address;

/// Opens and binds sockets: the rare calls, with memory of their own.
final class Descriptor {
  private static final int NEW = Constants.SOCK_NONBLOCK | Constants.SOCK_CLOEXEC;
  private static final int BACKLOG = 1024;

  private Descriptor() {}

  /// A bound UDP socket.
  static int udp(MemorySegment errno, Bind bind) throws IOException {
    return shared(errno, bind, Constants.SOCK_DGRAM);
  }

  /// A bound and listening TCP socket.
  static int tcp(MemorySegment errno, Bind bind) throws IOException {
    int fd = shared(errno, bind, Constants.SOCK_STREAM);
    int result = Libc.listen(errno, fd, BACKLOG);
    if (result < 0) {
      Libc.close(errno, fd);
      throw Errno.exception("listen", result);
    }
    return fd;
  }

  /// A bound TCP socket that is to be connected.
  static int outgoing(MemorySegment errno, Bind bind) throws IOException {
    return bound(errno, bind, Constants.SOCK_STREAM, true);
  }

  /// What became of a connect that was in progress: 0, or a negative `errno` as of [Libc].
  static int outcome(MemorySegment errno, int fd) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment error = arena.allocate(JAVA_INT);
      MemorySegment size = arena.allocateFrom(JAVA_INT, (int) JAVA_INT.byteSize());
      int result =
          Libc.getsockopt(errno, fd, Constants.SOL_SOCKET, Constants.SO_ERROR, error, size);
      check("getsockopt", result);
      return -error.get(JAVA_INT, 0);
    }
  }

  private static int shared(MemorySegment errno, Bind bind, int type) throws IOException {
    if (bind.sharing() == Bind.Sharing.FIRST && bind.port() != 0) {
      Libc.close(errno, bound(errno, bind, type, false));
    }
    return bound(errno, bind, type, bind.sharing() != Bind.Sharing.ALONE);
  }

  private static int bound(MemorySegment errno, Bind bind, int type, boolean reusePort)
      throws IOException {
    boolean inet6 = bind.address() instanceof Inet6Address;
    int fd = Libc.socket(errno, inet6 ? Constants.AF_INET6 : Constants.AF_INET, type | NEW);
    if (fd < 0) {
      throw Errno.exception("socket", fd);
    }
    try (Arena arena = Arena.ofConfined()) {
      configure(errno, fd, bind, type, reusePort, arena);
      TransportAddress to = TransportAddress.of(bind.address(), bind.port());
      MemorySegment name = arena.allocate(SockAddr.STRIDE, 8);
      int length = SockAddr.write(name, 0, inet6, to.high(), to.low(), to.port());
      check("bind", Libc.bind(errno, fd, name, length));
      return fd;
    } catch (IOException e) {
      Libc.close(errno, fd);
      throw e;
    }
  }

  private static void configure(
      MemorySegment errno, int fd, Bind bind, int type, boolean reusePort, Arena arena)
      throws IOException {
    if (bind.address() instanceof Inet6Address) {
      option(errno, fd, Constants.IPPROTO_IPV6, Constants.IPV6_V6ONLY, 1, arena);
    }
    if (type == Constants.SOCK_STREAM) {
      // Connections of a former life in TIME-WAIT must not keep the port.
      option(errno, fd, Constants.SOL_SOCKET, Constants.SO_REUSEADDR, 1, arena);
    }
    if (reusePort) {
      option(errno, fd, Constants.SOL_SOCKET, Constants.SO_REUSEPORT, 1, arena);
    }
    // TCP tunes its own buffers, unless it is told.
    if (type == Constants.SOCK_DGRAM && bind.bufferOctets() > 0) {
      option(errno, fd, Constants.SOL_SOCKET, Constants.SO_RCVBUF, bind.bufferOctets(), arena);
      option(errno, fd, Constants.SOL_SOCKET, Constants.SO_SNDBUF, bind.bufferOctets(), arena);
    }
  }

  private static void option(
      MemorySegment errno, int fd, int level, int option, int value, Arena arena)
      throws IOException {
    check(
        "setsockopt " + option,
        Libc.setsockopt(errno, fd, level, option, arena.allocateFrom(JAVA_INT, value)));
  }

  /// Sends what is written at once (TCP_NODELAY); a refusal does no harm.
  static void noDelay(MemorySegment errno, int fd, MemorySegment one) {
    Libc.setsockopt(errno, fd, Constants.IPPROTO_TCP, Constants.TCP_NODELAY, one);
  }

  /// The address a socket is bound to.
  static TransportAddress local(MemorySegment errno, int fd) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = arena.allocate(SockAddr.STRIDE, 8);
      MemorySegment length = arena.allocateFrom(JAVA_INT, SockAddr.IN6_OCTETS);
      check("getsockname", Libc.getsockname(errno, fd, name, length));
      return SockAddr.read(name, 0);
    }
  }

  static void check(String call, int result) throws IOException {
    if (result < 0) {
      throw Errno.exception(call, result);
    }
  }
}
