package dev.parley.adapter.linux;

import dev.parley.adapter.io.Counters;
import dev.parley.media.Counter;
import dev.parley.wire.TransportAddress;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Sends what a loop has queued: one `sendmmsg(2)` a socket, each run of the queue one message.
///
/// The kernel stops at the first message it refuses and names no error until asked again; that
/// message is skipped and counted, and the rest goes on.
final class SendBatch {
  private static final int FLAGS = Constants.MSG_DONTWAIT | Constants.MSG_NOSIGNAL;

  // The header after the last is for datagrams that are sent again one by one.
  private static final int SPARE = SendQueue.SLOTS;

  private final Counters counters;
  private final MemorySegment errno;
  private final MemorySegment headers;
  private final MemorySegment names;
  private final MemorySegment vectors;
  private final MemorySegment controls;
  private final SendQueue queue;
  // Left standing when sent, and stored only where it changes: a reference stored in each turn
  // would
  // have the collector look after it each time.
  private final LinuxUdpSocket[] pending = new LinuxUdpSocket[SendQueue.SLOTS];
  private int pendingSockets;
  private final int[] runOf = new int[SendQueue.SLOTS];

  SendBatch(Arena arena, MemorySegment errno, Counters counters) {
    this.counters = counters;
    this.errno = errno;
    this.queue = new SendQueue(arena);
    int room = SendQueue.SLOTS + 1;
    this.headers = arena.allocate(MessageHeader.OCTETS * room, 64);
    this.names = arena.allocate((long) SockAddr.STRIDE * room, 64);
    this.vectors = arena.allocate(MessageHeader.VECTOR_OCTETS * room, 64);
    this.controls = arena.allocate(MessageHeader.SEGMENT_OCTETS * room, 64);
  }

  /// Hot: queues one datagram.
  void send(LinuxUdpSocket socket, byte[] octets, int at, int length, TransportAddress remote) {
    if (length > 0xffff || remote.ipv4() == socket.inet6()) {
      counters.count(Counter.SEND_FAILURES);
      return;
    }
    if (queue.full(socket, remote, length)) {
      flush();
    }
    int run = queue.add(socket, octets, at, length, remote);
    if (run >= 0) {
      chain(socket, run);
    }
    if (SendQueue.large(length)) {
      flush();
    }
  }

  private void chain(LinuxUdpSocket socket, int run) {
    if (socket.lastRun < 0) {
      if (pending[pendingSockets] != socket) {
        pending[pendingSockets] = socket;
      }
      pendingSockets++;
      socket.firstRun = run;
    } else {
      queue.nextRun[socket.lastRun] = run;
    }
    socket.lastRun = run;
  }

  /// Gives everything to the kernel.
  void flush() {
    for (int i = 0; i < pendingSockets; i++) {
      LinuxUdpSocket socket = pending[i];
      if (socket.fd() >= 0) {
        give(socket, describe(socket));
      }
      socket.firstRun = -1;
      socket.lastRun = -1;
    }
    pendingSockets = 0;
    queue.clear();
  }

  // Writes the headers of a socket's runs; answers their number.
  private int describe(LinuxUdpSocket socket) {
    int message = 0;
    int vector = 0;
    for (int run = socket.firstRun; run >= 0; run = queue.nextRun[run]) {
      int count = vectors(vector, run);
      header(message, socket, run, vector, count);
      vector += count;
      if (queue.datagrams[run] > 1) {
        MessageHeader.segment(controls, message, queue.length[queue.firstSlot[run]]);
        MessageHeader.control(
            headers,
            message,
            controls.address() + message * MessageHeader.SEGMENT_OCTETS,
            MessageHeader.SEGMENT_OCTETS);
      }
      runOf[message++] = run;
    }
    return message;
  }

  // Datagrams that stand one behind the other need one vector; answers how many it took.
  private int vectors(int first, int run) {
    int vector = first - 1;
    int end = -1;
    int octets = 0;
    for (int slot = queue.firstSlot[run]; slot >= 0; slot = queue.nextSlot[slot]) {
      int at = queue.offset(slot);
      int length = queue.length[slot];
      octets = at == end ? octets + length : length;
      vector = at == end ? vector : vector + 1;
      end = at + length;
      MessageHeader.vector(vectors, vector, queue.payload.address() + end - octets, octets);
    }
    return vector + 1 - first;
  }

  private void vector(int vector, int slot) {
    MessageHeader.vector(
        vectors, vector, queue.payload.address() + queue.offset(slot), queue.length[slot]);
  }

  private void header(int message, LinuxUdpSocket socket, int run, int firstVector, int count) {
    long name = (long) message * SockAddr.STRIDE;
    int length =
        SockAddr.write(
            names, name, socket.inet6(), queue.high[run], queue.low[run], queue.port[run]);
    MessageHeader.name(headers, message, names.address() + name, length);
    MessageHeader.vectors(
        headers, message, vectors.address() + firstVector * MessageHeader.VECTOR_OCTETS, count);
    MessageHeader.control(headers, message, 0, 0);
  }

  private void give(LinuxUdpSocket socket, int messages) {
    int at = 0;
    int retried = -1;
    while (at < messages) {
      int taken = give(socket, at, messages - at);
      if (taken > 0) {
        at = sent(at, taken);
      } else if (Errno.EAGAIN.is(taken) || Errno.ENOBUFS.is(taken)) {
        // The kernel's buffer is full: media that would wait is better lost.
        while (at < messages) {
          counters.add(Counter.SEND_FAILURES, queue.datagrams[runOf[at++]]);
        }
      } else if (socket.toldErrors() && retried != at && !Errno.EINTR.is(taken)) {
        // Such a socket reports the ICMP error of an earlier datagram when the next one is sent;
        // that one deserves its own try.
        retried = at;
      } else if (!Errno.EINTR.is(taken)) {
        refused(socket, runOf[at++], taken);
      }
    }
  }

  private int give(LinuxUdpSocket socket, int first, int count) {
    long from = headers.address() + first * MessageHeader.OCTETS;
    return Libc.sendmmsg(errno, socket.fd(), from, count, FLAGS);
  }

  private int sent(int at, int taken) {
    for (int i = at; i < at + taken; i++) {
      counters.add(Counter.DATAGRAMS_SENT, queue.datagrams[runOf[i]]);
    }
    return at + taken;
  }

  private void refused(LinuxUdpSocket socket, int run, int error) {
    boolean perhapsSegmenting =
        queue.datagrams[run] > 1
            && (Errno.EINVAL.is(error) || Errno.EIO.is(error) || Errno.EMSGSIZE.is(error));
    if (!perhapsSegmenting) {
      counters.add(Counter.SEND_FAILURES, queue.datagrams[run]);
    } else if (oneByOne(socket, run) > 0 && !Errno.EMSGSIZE.is(error)) {
      // What went alone and not together shows that this way out cannot segment.
      socket.stopSegmenting();
    }
  }

  private int oneByOne(LinuxUdpSocket socket, int run) {
    int sent = 0;
    for (int slot = queue.firstSlot[run]; slot >= 0; slot = queue.nextSlot[slot]) {
      vector(SPARE, slot);
      header(SPARE, socket, run, SPARE, 1);
      sent += Math.max(0, give(socket, SPARE, 1));
    }
    counters.add(Counter.DATAGRAMS_SENT, sent);
    counters.add(Counter.SEND_FAILURES, queue.datagrams[run] - sent);
    return sent;
  }
}
