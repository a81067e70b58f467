package dev.parley.bench;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.parley.wire.TransportAddress;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.net.InetSocketAddress;
import java.nio.ByteOrder;
import java.util.Arrays;

/// One UDP socket for a whole crowd of clients, each with an address of its own in 127.0.0.0/8, so
/// that a server sees a path each and the crowd reads all of them in one call (IP_PKTINFO, ip(7)).
///
/// What comes has the time at which the kernel took it in (SO_TIMESTAMPNS), which on a loopback is
/// the time at which it was sent: how late this process reads it does not matter. Confined to one
/// thread.
final class RoomsSocket implements AutoCloseable {
  /// Takes what came to a member.
  @FunctionalInterface
  interface Sink {
    /// @param arrived nanoseconds since 1970
    void datagram(int member, byte[] octets, int length, long arrived);
  }

  private static final int BATCH = 64;
  private static final int SLOT = 2048;
  private static final int CONTROL = 128;
  private static final int MMSGHDR = 64;
  private static final int FIRST_ADDRESS = 127 << 24 | 1 << 16;

  private static final int SOL_SOCKET = 1;
  private static final int SO_SNDBUFFORCE = 32;
  private static final int SO_RCVBUFFORCE = 33;
  private static final int SO_TIMESTAMPNS = 35;
  private static final int IP_PKTINFO = 8;
  private static final int BUFFER = 256 << 20;
  private static final int DONT_WAIT = 0x40;

  private static final ValueLayout.OfShort PORT = JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfInt IP = JAVA_INT.withOrder(ByteOrder.BIG_ENDIAN);
  private static final Linker LINKER = Linker.nativeLinker();
  private static final MethodHandle SOCKET = handle("socket", JAVA_INT, JAVA_INT, JAVA_INT);
  private static final MethodHandle CLOSE = handle("close", JAVA_INT);
  private static final MethodHandle BIND = handle("bind", JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle NAME = handle("getsockname", JAVA_INT, ADDRESS, ADDRESS);
  private static final MethodHandle OPTION =
      handle("setsockopt", JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle RECEIVE =
      handle("recvmmsg", JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS);
  private static final MethodHandle SEND =
      handle("sendmmsg", JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
  private static final MethodHandle POLL = handle("ppoll", ADDRESS, JAVA_LONG, ADDRESS, ADDRESS);

  private final Arena arena = Arena.ofConfined();
  private final Messages in = new Messages(arena, CONTROL, false);
  private final Messages out = new Messages(arena, 32, true);
  private final MemorySegment polled = arena.allocate(8, 8);
  private final MemorySegment timeout = arena.allocate(16, 8);
  private final byte[] octets = new byte[SLOT];
  private final int fd;
  private final int port;
  private int queued;

  /// Datagrams the kernel would not take for sending.
  long refused;

  /// Messages of a batch in the kernel's form: `struct mmsghdr` and what it points at.
  private record Messages(
      MemorySegment headers,
      MemorySegment vectors,
      MemorySegment data,
      MemorySegment names,
      MemorySegment controls) {
    Messages(Arena arena, int control, boolean named) {
      this(
          arena.allocate((long) BATCH * MMSGHDR, 8),
          arena.allocate((long) BATCH * 16, 8),
          arena.allocate((long) BATCH * SLOT, 8),
          arena.allocate((long) BATCH * 16, 8),
          arena.allocate((long) BATCH * control, 8));
      for (int i = 0; i < BATCH; i++) {
        long header = (long) i * MMSGHDR;
        vectors.set(JAVA_LONG, i * 16L, data.address() + (long) i * SLOT);
        vectors.set(JAVA_LONG, i * 16L + 8, SLOT);
        headers.set(JAVA_LONG, header, named ? names.address() + i * 16L : 0);
        headers.set(JAVA_INT, header + 8, named ? 16 : 0);
        headers.set(JAVA_LONG, header + 16, vectors.address() + i * 16L);
        headers.set(JAVA_LONG, header + 24, 1);
        headers.set(JAVA_LONG, header + 32, controls.address() + (long) i * control);
        headers.set(JAVA_LONG, header + 40, control);
      }
    }
  }

  RoomsSocket() throws IOException {
    fd = call(SOCKET, 2, 2 | 0x800 | 0x80000, 0);
    option(SOL_SOCKET, SO_RCVBUFFORCE, BUFFER);
    option(SOL_SOCKET, SO_SNDBUFFORCE, BUFFER);
    option(SOL_SOCKET, SO_TIMESTAMPNS, 1);
    option(0, IP_PKTINFO, 1);
    MemorySegment name = arena.allocate(16, 8);
    name.set(JAVA_SHORT, 0, (short) 2);
    call(BIND, fd, name, 16);
    call(NAME, fd, name, arena.allocateFrom(JAVA_INT, 16));
    port = name.get(PORT, 2) & 0xffff;
    polled.set(JAVA_INT, 0, fd);
    polled.set(JAVA_SHORT, 4, (short) 1);
  }

  private void option(int level, int option, int value) throws IOException {
    call(OPTION, fd, level, option, arena.allocateFrom(JAVA_INT, value), 4);
  }

  int port() {
    return port;
  }

  /// The address a member is seen at.
  TransportAddress address(int member) throws IOException {
    int ip = FIRST_ADDRESS + member;
    byte[] four = {(byte) (ip >> 24), (byte) (ip >> 16), (byte) (ip >> 8), (byte) ip};
    return TransportAddress.of(
        new InetSocketAddress(java.net.InetAddress.getByAddress(four), port));
  }

  /// Queues a datagram from a member's address; [#flush] sends it at the latest.
  ///
  /// @param to IPv4 address and port of the server
  void send(int member, byte[] from, int length, int to, int toPort) {
    long name = queued * 16L;
    out.names.set(JAVA_SHORT, name, (short) 2);
    out.names.set(PORT, name + 2, (short) toPort);
    out.names.set(IP, name + 4, to);
    long control = queued * 32L;
    out.controls.set(JAVA_LONG, control, 28);
    out.controls.set(JAVA_INT, control + 8, 0);
    out.controls.set(JAVA_INT, control + 12, IP_PKTINFO);
    out.controls.set(JAVA_INT, control + 16, 0);
    out.controls.set(IP, control + 20, FIRST_ADDRESS + member);
    MemorySegment.copy(from, 0, out.data, JAVA_BYTE, (long) queued * SLOT, length);
    out.vectors.set(JAVA_LONG, queued * 16L + 8, length);
    queued++;
    if (queued == BATCH) {
      flush();
    }
  }

  /// Sends what is queued.
  void flush() {
    int sent = 0;
    for (int tries = 0; sent < queued && tries < 8; tries++) {
      int now = quietly(SEND, out.headers.asSlice((long) sent * MMSGHDR), queued - sent);
      sent += Math.max(0, now);
    }
    refused += queued - sent;
    queued = 0;
  }

  private int quietly(MethodHandle call, MemorySegment headers, int count) {
    try {
      return call == SEND
          ? (int) SEND.invokeExact(fd, headers, count, DONT_WAIT)
          : (int) RECEIVE.invokeExact(fd, headers, count, DONT_WAIT, MemorySegment.NULL);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /// Waits until something is there to read, so many nanoseconds at most.
  void await(long nanos) {
    timeout.set(JAVA_LONG, 8, Math.clamp(nanos, 0, 999_999_999));
    try {
      int ready = (int) POLL.invokeExact(polled, 1L, timeout, MemorySegment.NULL);
      assert ready <= 1;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /// Reads one batch.
  ///
  /// @return how many datagrams there were; [#BATCH] of them mean that there may be more
  int receive(Sink sink) {
    for (int i = 0; i < BATCH; i++) {
      in.headers.set(JAVA_LONG, (long) i * MMSGHDR + 40, CONTROL);
    }
    int count = quietly(RECEIVE, in.headers, BATCH);
    for (int i = 0; i < count; i++) {
      take(i, sink);
    }
    return Math.max(0, count);
  }

  private void take(int i, Sink sink) {
    int length = in.headers.get(JAVA_INT, (long) i * MMSGHDR + 56);
    long control = (long) i * CONTROL;
    long end = control + in.headers.get(JAVA_LONG, (long) i * MMSGHDR + 40);
    int member = -1;
    long arrived = 0;
    for (long at = control; at + 16 <= end; ) {
      long size = in.controls.get(JAVA_LONG, at);
      if (in.controls.get(JAVA_INT, at + 8) == 0) {
        member = in.controls.get(IP, at + 24) - FIRST_ADDRESS;
      } else {
        arrived =
            in.controls.get(JAVA_LONG, at + 16) * 1_000_000_000L
                + in.controls.get(JAVA_LONG, at + 24);
      }
      at += Math.max(16, size + 7 & ~7);
    }
    MemorySegment.copy(in.data, JAVA_BYTE, (long) i * SLOT, octets, 0, length);
    sink.datagram(member, octets, length, arrived);
  }

  /// Whether a batch was full.
  static boolean full(int count) {
    return count == BATCH;
  }

  @Override
  public void close() throws IOException {
    call(CLOSE, fd);
    arena.close();
  }

  private static int call(MethodHandle call, Object... arguments) throws IOException {
    try {
      int result = (int) call.invokeWithArguments(arguments);
      if (result < 0) {
        throw new IOException("the kernel refuses " + Arrays.toString(arguments));
      }
      return result;
    } catch (IOException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  @SuppressWarnings("restricted")
  private static MethodHandle handle(String name, java.lang.foreign.MemoryLayout... arguments) {
    return LINKER.downcallHandle(
        LINKER.defaultLookup().findOrThrow(name), FunctionDescriptor.of(JAVA_INT, arguments));
  }
}
