package dev.parley.adapter.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.parley.adapter.io.Bind;
import dev.parley.adapter.io.Counters;
import dev.parley.adapter.io.LoopIo;
import dev.parley.adapter.io.StreamAcceptor;
import dev.parley.adapter.io.StreamConnector;
import dev.parley.adapter.io.UdpSocket;
import dev.parley.wire.TransportAddress;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// The twin over Linux system calls: epoll, `recvmmsg`, `sendmmsg`, UDP_SEGMENT.
///
/// All its memory is one arena. The arena is shared because the sockets are bound by the thread
/// that starts the adapter and served by the loop's; the loop closes it, when nobody else is left.
public final class LinuxIo implements LoopIo {
  /// One system call moves at most this much of a stream.
  static final int STREAM_OCTETS = 64 * 1024;

  final Counters counters;
  final MemorySegment errno;
  final MemorySegment stream;
  final MemorySegment one;
  final MemorySegment number;
  final Epoll epoll;
  final ReceiveBatch receiving;
  final SendBatch sending;
  final ErrorQueue errors;
  final boolean segments;
  // Open connections that epoll does not know of, as nobody wants to hear of them now.
  final Set<LinuxStreamSocket> unwatched = new HashSet<>();
  private final Arena arena;
  private final Alarm alarm;

  /// @param segments whether the kernel is known to take UDP_SEGMENT
  public LinuxIo(Counters counters, boolean segments) throws IOException {
    this.counters = counters;
    this.segments = segments;
    this.arena = Arena.ofShared();
    try {
      this.errno = arena.allocate(Libc.errnoArea());
      this.stream = arena.allocate(STREAM_OCTETS, 4096);
      this.one = arena.allocateFrom(JAVA_INT, 1);
      this.number = arena.allocate(JAVA_INT);
      this.errors = new ErrorQueue(arena, errno);
      this.receiving = new ReceiveBatch(arena, errno, counters);
      this.sending = new SendBatch(arena, errno, counters);
      this.epoll = new Epoll(arena, errno);
    } catch (Throwable t) {
      arena.close();
      throw t;
    }
    try {
      this.alarm = new Alarm(arena, errno, epoll);
    } catch (Throwable t) {
      epoll.close();
      arena.close();
      throw t;
    }
  }

  @Override
  public UdpSocket udp(Bind bind, DatagramHandler handler) throws IOException {
    return LinuxUdpSocket.listener(this, bind, handler);
  }

  @Override
  public UdpSocket relay(Bind bind, RelayHandler handler) throws IOException {
    return LinuxUdpSocket.relay(this, bind, handler);
  }

  @Override
  public StreamAcceptor tcp(Bind bind, AcceptHandler handler) throws IOException {
    return LinuxStreamAcceptor.open(this, bind, handler);
  }

  @Override
  public StreamConnector connect(Bind local, TransportAddress remote, ConnectHandler handler)
      throws IOException {
    return LinuxConnector.open(this, local, remote, handler);
  }

  @Override
  public void await(long nanos) throws IOException {
    if (nanos == Long.MAX_VALUE) {
      epoll.await(-1);
    } else {
      long millis = nanos <= 0 ? 0 : TimeUnit.NANOSECONDS.toMillis(nanos + 999_999);
      epoll.await((int) Math.min(millis, Integer.MAX_VALUE));
    }
  }

  @Override
  public void dispatch() {
    epoll.dispatch();
  }

  @Override
  public void flush() {
    sending.flush();
  }

  @Override
  public void wake() {
    alarm.ring();
  }

  @Override
  public void close() {
    for (Epoll.Ready ready : epoll.watched()) {
      if (ready instanceof AutoCloseable) {
        close(ready);
      }
    }
    List.copyOf(unwatched).forEach(LinuxStreamSocket::close);
    alarm.close();
    epoll.close();
    arena.close();
  }

  private static void close(Epoll.Ready ready) {
    switch (ready) {
      case LinuxUdpSocket socket -> socket.close();
      case LinuxStreamAcceptor acceptor -> acceptor.close();
      case LinuxStreamSocket socket -> socket.close();
      case LinuxConnector connector -> connector.close();
      default -> throw new IllegalStateException("watched by no one: " + ready);
    }
  }

  /// Closes a descriptor that epoll watches.
  void close(int fd) {
    epoll.forget(fd);
    Libc.close(errno, fd);
  }
}
