package dev.parley.adapter;

import dev.parley.adapter.io.StreamSocket;
import java.io.IOException;

/// The octets a connection has yet to write: one array that grows to a limit.
final class StreamOutput {
  private static final byte[] NOTHING = {};

  /// What an idle connection may keep, so that steady traffic allocates nothing.
  private static final int KEPT = 4096;

  private final int limit;
  private byte[] octets = NOTHING;
  private int from;
  private int to;

  StreamOutput(int limit) {
    this.limit = limit;
  }

  boolean isEmpty() {
    return from == to;
  }

  boolean fits(int length) {
    return to - from + length <= limit;
  }

  void add(byte[] source, int at, int length) {
    if (octets.length - to < length) {
      makeRoom(length);
    }
    System.arraycopy(source, at, octets, to, length);
    to += length;
  }

  private void makeRoom(int length) {
    int waiting = to - from;
    int needed = waiting + length;
    byte[] roomy =
        needed <= octets.length / 2
            ? octets
            : new byte[Math.max(1024, Integer.highestOneBit(needed) << 1)];
    System.arraycopy(octets, from, roomy, 0, waiting);
    octets = roomy;
    from = 0;
    to = waiting;
  }

  /// Writes as much as the kernel takes; whether that was anything.
  boolean writeTo(StreamSocket socket) throws IOException {
    boolean wrote = false;
    while (from < to) {
      int given = socket.write(octets, from, to - from);
      if (given == 0) {
        return wrote;
      }
      wrote = true;
      from += given;
    }
    from = 0;
    to = 0;
    if (octets.length > KEPT) {
      octets = NOTHING;
    }
    return wrote;
  }
}
