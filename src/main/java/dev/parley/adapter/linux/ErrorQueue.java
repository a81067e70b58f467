package dev.parley.adapter.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.parley.adapter.io.LoopIo;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// The ICMP errors that the kernel keeps for a socket (IP_RECVERR, `ip(7)`), and the options of
/// path MTU discovery that go with them.
///
/// ```
/// struct sock_extended_err   0 errno  4 origin  5 type  6 code  8 info  12 data
/// ```
final class ErrorQueue {
  private static final int IP_MTU_DISCOVER = 10;
  private static final int IP_RECVERR = 11;
  private static final int IPV6_MTU_DISCOVER = 23;
  private static final int IPV6_RECVERR = 25;
  private static final int PMTUDISC_DONT = 0;
  private static final int PMTUDISC_DO = 2;
  private static final int ORIGIN_ICMP = 2;
  private static final int ORIGIN_ICMP6 = 3;
  private static final int MSG_ERRQUEUE = 0x2000;
  private static final int CONTROL_OCTETS = 512;
  private static final int CONTROL_HEADER = 16;

  /// Errors taken at a time; the socket stays ready for the rest.
  private static final int BATCH = 16;

  private final MemorySegment errno;
  private final MemorySegment header;
  private final MemorySegment name;
  private final MemorySegment control;

  ErrorQueue(Arena arena, MemorySegment errno) {
    this.errno = errno;
    this.header = arena.allocate(MessageHeader.OCTETS, 8);
    this.name = arena.allocate(SockAddr.STRIDE, 8);
    this.control = arena.allocate(CONTROL_OCTETS, 8);
  }

  /// Has the kernel keep ICMP errors, and cut large datagrams instead of refusing them.
  static void enable(LinuxIo io, int fd, boolean inet6) throws IOException {
    int level = inet6 ? Constants.IPPROTO_IPV6 : 0;
    int result = Libc.setsockopt(io.errno, fd, level, inet6 ? IPV6_RECVERR : IP_RECVERR, io.one);
    Descriptor.check("setsockopt IP_RECVERR", result);
    fragment(io, fd, inet6, true);
  }

  /// Whether what is sent from now on may be cut into fragments.
  static void fragment(LinuxIo io, int fd, boolean inet6, boolean may) {
    io.number.set(JAVA_INT, 0, may ? PMTUDISC_DONT : PMTUDISC_DO);
    int level = inet6 ? Constants.IPPROTO_IPV6 : 0;
    Libc.setsockopt(io.errno, fd, level, inet6 ? IPV6_MTU_DISCOVER : IP_MTU_DISCOVER, io.number);
  }

  /// Tells the handler what has come.
  void drain(int fd, LoopIo.RelayHandler handler) {
    for (int i = 0; i < BATCH; i++) {
      MessageHeader.name(header, 0, name.address(), SockAddr.IN6_OCTETS);
      MessageHeader.vectors(header, 0, 0, 0);
      MessageHeader.control(header, 0, control.address(), CONTROL_OCTETS);
      int flags = MSG_ERRQUEUE | Constants.MSG_DONTWAIT;
      if (Libc.recvmsg(errno, fd, header.address(), flags) < 0) {
        return;
      }
      tell(handler);
    }
  }

  private void tell(LoopIo.RelayHandler handler) {
    long end = MessageHeader.controlLength(header, 0);
    for (long at = 0; at + CONTROL_HEADER + 16 <= end; ) {
      long length = control.get(JAVA_LONG, at);
      int level = control.get(JAVA_INT, at + 8);
      int type = control.get(JAVA_INT, at + 12);
      boolean error =
          level == 0 && type == IP_RECVERR
              || level == Constants.IPPROTO_IPV6 && type == IPV6_RECVERR;
      long extended = at + CONTROL_HEADER;
      if (error && fromNetwork(control.get(JAVA_BYTE, extended + 4))) {
        handler.unreachable(
            SockAddr.read(name, 0),
            control.get(JAVA_BYTE, extended + 5) & 0xff,
            control.get(JAVA_BYTE, extended + 6) & 0xff,
            control.get(JAVA_INT, extended + 8));
        return;
      }
      at += Math.max(CONTROL_HEADER, length + 7 & ~7);
    }
  }

  private static boolean fromNetwork(int origin) {
    return origin == ORIGIN_ICMP || origin == ORIGIN_ICMP6;
  }
}
