package dev.parley.protocol.sctp;

/// The DATA chunks from the cumulative TSN to the last one sent, in a ring by their TSNs (RFC 9260,
/// section 6.2.1 and 6.3.3; RFC 3758, section 3.5).
final class Outstanding {
  /// Chunks at most: with tiny messages this bounds the flight, not the window.
  static final int MOST = 4096;

  private static final int FEWEST = 16;

  private final SendQueue queue;
  private SentChunk[] ring = new SentChunk[FEWEST];
  private int acked;
  private int next;
  private int flight;
  private int unacknowledged;
  private int marked;

  /// @param initial the first TSN
  Outstanding(SendQueue queue, int initial) {
    this.queue = queue;
    this.next = initial;
    this.acked = initial - 1;
  }

  /// The cumulative TSN the peer has acknowledged.
  int acked() {
    return acked;
  }

  /// The last TSN sent.
  int highest() {
    return next - 1;
  }

  boolean empty() {
    return next - 1 == acked;
  }

  boolean full() {
    return next - 1 - acked >= MOST;
  }

  /// Octets of chunks in flight, with their headers.
  int flight() {
    return flight;
  }

  /// Octets of user data that the peer has to hold once they arrive.
  int unacknowledged() {
    return unacknowledged;
  }

  boolean anyMarked() {
    return marked > 0;
  }

  SentChunk of(int tsn) {
    return ring[tsn & ring.length - 1];
  }

  private boolean within(int tsn) {
    return Serial.after(tsn, acked) && Serial.after(next, tsn);
  }

  /// A chunk of a message gets the next TSN; it counts as in flight.
  SentChunk append(OutMessage message, int length, long now) {
    if (next - 1 - acked >= ring.length) {
      grow();
    }
    int slot = next & ring.length - 1;
    SentChunk chunk = ring[slot];
    if (chunk == null) {
      chunk = new SentChunk();
      ring[slot] = chunk;
    }
    chunk.message = message;
    chunk.tsn = next++;
    chunk.from = message.at + message.sent;
    chunk.length = length;
    chunk.flags =
        (message.unordered ? DataChunk.UNORDERED : 0)
            | (message.sent == 0 ? DataChunk.BEGIN : 0)
            | (message.left() == length ? DataChunk.END : 0);
    chunk.missing = 0;
    chunk.fastDone = false;
    chunk.transmissions = 1;
    chunk.sentAt = now;
    state(chunk, SentChunk.State.IN_FLIGHT);
    message.chunks++;
    return chunk;
  }

  private void grow() {
    SentChunk[] old = ring;
    ring = new SentChunk[2 * old.length];
    for (int tsn = acked + 1; tsn != next; tsn++) {
      ring[tsn & ring.length - 1] = old[tsn & old.length - 1];
    }
  }

  /// All counts follow from the states of the chunks, which change here only.
  void state(SentChunk chunk, SentChunk.State to) {
    switch (chunk.state) {
      case IN_FLIGHT -> {
        flight -= chunk.size();
        unacknowledged -= chunk.length;
      }
      case MARKED -> {
        marked--;
        unacknowledged -= chunk.length;
      }
      case ACKED, ABANDONED, FREE -> {}
    }
    chunk.state = to;
    switch (to) {
      case IN_FLIGHT -> {
        flight += chunk.size();
        unacknowledged += chunk.length;
      }
      case MARKED -> {
        marked++;
        unacknowledged += chunk.length;
      }
      case ACKED, ABANDONED, FREE -> {}
    }
  }

  /// The cumulative TSN has come so far; what it passes is done with.
  void advance(int cumulative) {
    while (acked != cumulative) {
      SentChunk chunk = of(++acked);
      state(chunk, SentChunk.State.FREE);
      OutMessage message = chunk.message;
      chunk.message = null;
      if (--message.chunks == 0 && message.left() == 0) {
        queue.release(message);
      }
    }
    if (empty() && ring.length > 8 * FEWEST) {
      ring = new SentChunk[FEWEST];
    }
  }

  /// The first chunk to be sent again, or null.
  SentChunk firstMarked() {
    for (int tsn = acked + 1; marked > 0 && tsn != next; tsn++) {
      if (of(tsn).state == SentChunk.State.MARKED) {
        return of(tsn);
      }
    }
    return null;
  }

  /// T3-rtx ran out: all is to be sent again, even what gap blocks told of, since the peer may have
  /// dropped it meanwhile (RFC 9260, section 6.3.3, E3, and section 6.2).
  void markAll() {
    for (int tsn = acked + 1; tsn != next; tsn++) {
      SentChunk chunk = of(tsn);
      chunk.missing = 0;
      chunk.fastDone = false;
      if (chunk.state != SentChunk.State.ABANDONED) {
        state(chunk, SentChunk.State.MARKED);
      }
    }
  }

  /// Gives the message of a chunk up, with all its chunks (RFC 3758, section 3.5, A3).
  void abandon(SentChunk chunk) {
    OutMessage message = chunk.message;
    for (int tsn = chunk.tsn; within(tsn) && of(tsn).message == message; tsn--) {
      state(of(tsn), SentChunk.State.ABANDONED);
    }
    for (int tsn = chunk.tsn + 1; within(tsn) && of(tsn).message == message; tsn++) {
      state(of(tsn), SentChunk.State.ABANDONED);
    }
    queue.abandon(message);
  }

  /// The last of the abandoned chunks that follow the cumulative TSN without a gap
  /// (Advanced.Peer.Ack.Point of RFC 3758, section 3.5, C2), or the cumulative TSN.
  int forwardPoint() {
    int point = acked;
    while (point + 1 != next && of(point + 1).state == SentChunk.State.ABANDONED) {
      point++;
    }
    return point;
  }
}
