package dev.parley.adapter.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.parley.adapter.io.Counters;
import dev.parley.adapter.io.LoopIo;
import dev.parley.media.Counter;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// The slots into which `recvmmsg(2)` puts a batch of datagrams; one for all sockets of a loop.
final class ReceiveBatch {
  private final Counters counters;
  private final MemorySegment errno;
  private final MemorySegment headers;
  private final MemorySegment names;
  private final MemorySegment payload;
  // One buffer, always warm in the cache: an engine has it only during its call.
  private final byte[] octets = new byte[LoopIo.ROOM + LoopIo.DATAGRAM_OCTETS + LoopIo.ROOM];

  ReceiveBatch(Arena arena, MemorySegment errno, Counters counters) {
    this.counters = counters;
    this.errno = errno;
    this.headers = arena.allocate(MessageHeader.OCTETS * LoopIo.BATCH, 64);
    this.names = arena.allocate((long) SockAddr.STRIDE * LoopIo.BATCH, 64);
    this.payload = arena.allocate((long) LoopIo.DATAGRAM_OCTETS * LoopIo.BATCH, 4096);
    MemorySegment vectors = arena.allocate(MessageHeader.VECTOR_OCTETS * LoopIo.BATCH, 64);
    for (int i = 0; i < LoopIo.BATCH; i++) {
      long slot = payload.address() + (long) i * LoopIo.DATAGRAM_OCTETS;
      MessageHeader.vector(vectors, i, slot, LoopIo.DATAGRAM_OCTETS);
      MessageHeader.vectors(headers, i, vectors.address() + i * MessageHeader.VECTOR_OCTETS, 1);
      expect(i);
    }
  }

  // The kernel overwrites the length of the name with the one it wrote.
  private void expect(int i) {
    MessageHeader.name(
        headers, i, names.address() + (long) i * SockAddr.STRIDE, SockAddr.IN6_OCTETS);
  }

  /// Takes one batch from a socket and hands it over, datagram by datagram.
  void receive(LinuxUdpSocket socket) {
    int received =
        Libc.recvmmsg(errno, socket.fd(), headers.address(), LoopIo.BATCH, Constants.MSG_DONTWAIT);
    if (received > 0) {
      counters.add(Counter.DATAGRAMS_RECEIVED, received);
      for (int i = 0; i < received; i++) {
        hand(socket, i);
      }
    }
  }

  private void hand(LinuxUdpSocket socket, int i) {
    expect(i);
    if ((MessageHeader.flags(headers, i) & Constants.MSG_TRUNC) != 0) {
      counters.count(Counter.DATAGRAMS_TRUNCATED);
      return;
    }
    int length = MessageHeader.length(headers, i);
    MemorySegment.copy(
        payload, JAVA_BYTE, (long) i * LoopIo.DATAGRAM_OCTETS, octets, LoopIo.ROOM, length);
    long name = (long) i * SockAddr.STRIDE;
    socket.received(
        octets,
        LoopIo.ROOM,
        length,
        SockAddr.high(names, name),
        SockAddr.low(names, name),
        SockAddr.port(names, name));
  }
}
