package dev.parley.protocol.sctp;

import dev.parley.wire.Octets;

/// What goes to the peer: which DATA may be sent when, and what is sent again (RFC 9260, sections
/// 6.1, 6.3 and 7.2; RFC 3758, section 3.5).
final class Outbox {
  /// Streams named by one FORWARD TSN; what is beyond them is forwarded by the next one.
  private static final int FORWARDED_STREAMS = 64;

  private final Endpoint end;
  private final SendQueue queue;
  private final Outstanding outstanding;
  private final Congestion congestion;
  private final RoundTrip roundTrip;
  private final SackHandling sacks;
  private final boolean partial;
  private final int fragment;
  private final int[] streams = new int[FORWARDED_STREAMS];
  private final int[] ssns = new int[FORWARDED_STREAMS];
  private long peerWindow;
  private boolean sentAny;
  private long lastSent;
  private boolean fast;
  private int forwarded;
  private long forwardAgain;
  private boolean forwardDue;

  /// @param initial TSN
  /// @param peerWindow a_rwnd of the peer's INIT or INIT ACK
  /// @param partial whether the peer takes FORWARD TSN: otherwise everything is reliable
  Outbox(Endpoint end, SendQueue queue, int initial, long peerWindow, boolean partial) {
    this.end = end;
    this.queue = queue;
    this.outstanding = new Outstanding(queue, initial);
    this.congestion = new Congestion(end.limits);
    this.roundTrip = new RoundTrip(end.limits);
    this.sacks = new SackHandling(outstanding, congestion, roundTrip);
    this.partial = partial;
    this.fragment = end.limits.chunk() - DataChunk.HEADER;
    this.peerWindow = peerWindow;
    this.forwarded = outstanding.acked();
  }

  int highest() {
    return outstanding.highest();
  }

  long timeout() {
    return roundTrip.timeout();
  }

  Outstanding outstanding() {
    return outstanding;
  }

  Congestion congestion() {
    return congestion;
  }

  RoundTrip roundTrip() {
    return roundTrip;
  }

  /// Whether all that was queued is acknowledged.
  boolean empty() {
    return outstanding.empty() && queue.empty();
  }

  /// @param chunk index of a SACK that was checked
  /// @return false where it tells of what was never sent
  boolean sack(byte[] octets, int chunk, long now) {
    SackHandling.Outcome outcome = sacks.sack(octets, chunk, end.limits.chunk(), now);
    if (outcome == SackHandling.Outcome.STALE) {
      return true;
    }
    if (outcome == SackHandling.Outcome.IMPOSSIBLE) {
      return false;
    }
    boolean shut = peerWindow == 0;
    peerWindow = SackChunk.window(octets, chunk);
    if (shut && peerWindow > 0 && !outstanding.empty()) {
      reopened();
    }
    fast |= sacks.takeFast();
    progressed(outcome == SackHandling.Outcome.ADVANCED, now);
    return true;
  }

  /// Takes the cumulative TSN of a SHUTDOWN.
  boolean cumulative(int cumulative, long now) {
    SackHandling.Outcome outcome = sacks.cumulative(cumulative, end.limits.chunk(), now);
    progressed(outcome == SackHandling.Outcome.ADVANCED, now);
    return outcome != SackHandling.Outcome.IMPOSSIBLE;
  }

  // What probed the shut window was dropped there, most likely: it need not wait for T3.
  private void reopened() {
    SentChunk probe = outstanding.of(outstanding.acked() + 1);
    if (probe.state == SentChunk.State.IN_FLIGHT) {
      outstanding.state(probe, SentChunk.State.MARKED);
    }
  }

  private void progressed(boolean advanced, long now) {
    if (outstanding.empty()) {
      end.timers.clear(Timer.RETRANSMIT);
    } else if (advanced) {
      end.timers.set(Timer.RETRANSMIT, now + roundTrip.timeout());
    }
    forwardDue |=
        outstanding.forwardPoint() != outstanding.acked()
            && (outstanding.forwardPoint() != forwarded || now - forwardAgain >= 0);
  }

  /// T3-rtx ran out (RFC 9260, section 6.3.3).
  void timedOut() {
    if (outstanding.empty()) {
      return;
    }
    congestion.timedOut();
    roundTrip.backOff();
    outstanding.markAll();
    forwardDue = true;
  }

  /// How far flight may grow in this flush: the congestion window, but no large burst (section 6.1,
  /// D).
  int budget() {
    return Math.min(
        congestion.window(), outstanding.flight() + end.limits.burst() * end.limits.chunk());
  }

  /// Whether there is DATA that the windows let go, or that is to be given up.
  boolean ready(int budget, long now) {
    // Before a packet is begun, so that it can tell of them first.
    firstHopeful(now);
    if (outstanding.anyMarked()) {
      return fast || outstanding.flight() == 0 || outstanding.flight() < budget;
    }
    OutMessage next = queue.peek(now);
    return next != null && open(next, budget);
  }

  private boolean open(OutMessage next, int budget) {
    int length = Math.min(next.left(), fragment);
    if (outstanding.full()) {
      return false;
    }
    if (outstanding.flight() > 0 && outstanding.flight() >= budget) {
      return false;
    }
    // One chunk may always be outstanding, to find out when a shut window opens (section 6.1, A).
    return outstanding.unacknowledged() == 0
        || outstanding.unacknowledged() + (long) length <= peerWindow;
  }

  /// Writes as much DATA as fits and may go.
  void write(PacketWriter out, int budget, long now) {
    boolean any = again(out, budget, now);
    if (!outstanding.anyMarked()) {
      any |= fresh(out, budget, now);
    }
    fast = false;
    if (any) {
      sentAny = true;
      lastSent = now;
      end.await(now);
      startTimer(now);
    }
  }

  private void startTimer(long now) {
    if (!end.timers.running(Timer.RETRANSMIT)) {
      end.timers.set(Timer.RETRANSMIT, now + roundTrip.timeout());
    }
  }

  private boolean again(PacketWriter out, int budget, long now) {
    boolean any = false;
    for (SentChunk chunk = firstHopeful(now); chunk != null; chunk = firstHopeful(now)) {
      boolean may = fast || outstanding.flight() == 0 || outstanding.flight() < budget;
      if (!may || chunk.size() > out.room()) {
        break;
      }
      outstanding.state(chunk, SentChunk.State.IN_FLIGHT);
      chunk.missing = 0;
      chunk.transmissions++;
      end.retransmissions++;
      // What is late is not to wait for a delayed SACK as well (RFC 9260, section 3.3.1, I).
      write(out, chunk, DataChunk.IMMEDIATE);
      any = true;
    }
    return any;
  }

  // The first chunk to be sent again; those before it whose message is not worth it are given up.
  private SentChunk firstHopeful(long now) {
    SentChunk first = outstanding.firstMarked();
    while (first != null && hopeless(first, now)) {
      outstanding.abandon(first);
      forwardDue |= outstanding.forwardPoint() != outstanding.acked();
      first = outstanding.firstMarked();
    }
    return first;
  }

  private boolean hopeless(SentChunk chunk, long now) {
    OutMessage message = chunk.message;
    return partial
        && (message.abandoned
            || message.expired(now)
            || message.retransmits >= 0 && chunk.transmissions > message.retransmits);
  }

  private boolean fresh(PacketWriter out, int budget, long now) {
    boolean any = false;
    for (OutMessage next = queue.peek(now);
        next != null && open(next, budget);
        next = queue.peek(now)) {
      int length = Math.min(next.left(), fragment);
      if (DataChunk.size(length) > out.room()) {
        break;
      }
      if (outstanding.empty() && sentAny && now - lastSent > roundTrip.timeout()) {
        congestion.idle();
      }
      SentChunk chunk = outstanding.append(next, length, now);
      queue.sent(next, length);
      boolean last = outstanding.flight() >= budget;
      write(out, chunk, last ? DataChunk.IMMEDIATE : 0);
      if (next.left() == 0) {
        queue.done(next);
      }
      any = true;
    }
    return any;
  }

  private static void write(PacketWriter out, SentChunk chunk, int more) {
    DataChunk.write(out, chunk.flags | more, chunk.tsn, chunk.message, chunk.from, chunk.length);
  }

  /// Whether the peer has to be told of chunks given up.
  boolean forwardDue() {
    if (forwardDue && outstanding.forwardPoint() == outstanding.acked()) {
      forwardDue = false;
    }
    return forwardDue;
  }

  /// Writes a FORWARD TSN into a packet that has nothing else but a SACK.
  void writeForward(PacketWriter out, long now) {
    forwardDue = false;
    int count = 0;
    int point = outstanding.acked();
    int until = outstanding.forwardPoint();
    int most = Math.min(FORWARDED_STREAMS, (out.room() - ForwardTsnChunk.HEADER) / 4);
    while (point != until) {
      OutMessage message = outstanding.of(point + 1).message;
      if (!message.unordered) {
        int at = indexOf(message.channel.id, count);
        if (at == most) {
          break;
        }
        streams[at] = message.channel.id;
        ssns[at] = message.ssn;
        count = Math.max(count, at + 1);
      }
      point++;
    }
    forwarded = until;
    forwardAgain = now + Math.max(roundTrip.smoothed(), end.limits.sackDelay().toNanos());
    int at = out.chunk(ChunkType.FORWARD_TSN, 0, 4 + 4 * count);
    Octets.put32(out.octets(), at, point);
    for (int i = 0; i < count; i++) {
      Octets.put16(out.octets(), at + 4 + 4 * i, streams[i]);
      Octets.put16(out.octets(), at + 6 + 4 * i, ssns[i]);
    }
    end.await(now);
    startTimer(now);
  }

  private int indexOf(int stream, int count) {
    int at = 0;
    while (at < count && streams[at] != stream) {
      at++;
    }
    return at;
  }
}
