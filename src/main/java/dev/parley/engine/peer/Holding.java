package dev.parley.engine.peer;

import dev.parley.engine.Tally;
import dev.parley.engine.congestion.PacketKind;
import dev.parley.media.Counter;

/// All packets of one peer that wait: retransmissions leave before new video, and among streams of
/// one kind each has its turn. Confined to the peer's loop.
///
/// Where no more may wait the stream with most octets waiting loses its oldest packet: that one is
/// next to be too late, while what is newer may begin the key frame that is asked for because of
/// the loss. What is behind it stays, though a decoder may have no use for it: which packets begin
/// a key frame is not known here, and of a key frame that is larger than what may wait the rest
/// comes by retransmissions.
final class Holding {
  /// A picture that is half a second late is of no use any more. What leaves faster than this is
  /// not sped up: what the path does not carry would wait in its queues, voices with it.
  private static final long LONGEST = 500_000_000L;

  /// Octets that may wait: a large key frame or two.
  private static final int MOST = 500_000;

  private final HoldingPool pool;
  private final Tally tally;
  private final Turns repairs = new Turns();
  private final Turns video = new Turns();
  private boolean lost;

  Holding(HoldingPool pool, Tally tally) {
    this.pool = pool;
    this.tally = tally;
  }

  boolean isEmpty() {
    return repairs.isEmpty() && video.isEmpty();
  }

  /// Has a packet wait, at the cost of others where need be.
  ///
  /// @return whether it does
  boolean add(
      Flow flow,
      byte[] head,
      int header,
      byte[] payload,
      int at,
      int length,
      int sequenceAt,
      int timeAt,
      long now) {
    Held held = room(header + length);
    if (held == null) {
      lose(flow);
      return false;
    }
    System.arraycopy(head, Scratch.AT, held.octets, Scratch.AT, header);
    System.arraycopy(payload, at, held.octets, Scratch.AT + header, length);
    held.header = header;
    held.payload = length;
    held.sequenceAt = sequenceAt;
    held.timeAt = timeAt;
    held.since = now;
    of(flow).add(flow, held);
    tally.count(Counter.SFU_PACED);
    return true;
  }

  private Held room(int size) {
    if (Scratch.AT + size > Held.SIZE) {
      return null;
    }
    while (!isEmpty() && full(size)) {
      drop(longest());
    }
    return full(size) ? null : pool.take();
  }

  private boolean full(int size) {
    return repairs.octets() + video.octets() + size > MOST
        || repairs.packets() + video.packets() >= pool.share();
  }

  private Flow longest() {
    Flow repair = repairs.longest();
    Flow other = video.longest();
    boolean repairing = other == null || repair != null && repair.octets() > other.octets();
    return repairing ? repair : other;
  }

  private Turns of(Flow flow) {
    return flow.kind() == PacketKind.RETRANSMISSION ? repairs : video;
  }

  /// Whose first packet is to leave next, or null; what has waited too long is dropped.
  Flow next(long now) {
    Flow next = first();
    while (next != null && now - next.first().since > LONGEST) {
      drop(next);
      next = first();
    }
    return next;
  }

  private Flow first() {
    return repairs.isEmpty() ? video.next() : repairs.next();
  }

  /// Takes the first packet of [#next] out, to leave; [#back] is to follow.
  Held take(Flow next) {
    return of(next).poll(next, true);
  }

  /// It has left.
  void back(Held held) {
    pool.give(held);
  }

  private void drop(Flow flow) {
    pool.give(of(flow).poll(flow, false));
    lose(flow);
  }

  private void lose(Flow flow) {
    tally.count(Counter.SFU_PACED_OUT);
    flow.lose();
    lost = true;
  }

  /// Whether some flow has lost packets; asked once.
  boolean lost() {
    boolean was = lost;
    lost = false;
    return was;
  }

  /// Throws away what waits of a flow: nobody wants it any more.
  void discard(Flow flow) {
    while (!flow.isEmpty()) {
      pool.give(of(flow).poll(flow, false));
    }
  }

  void clear() {
    for (Flow flow = first(); flow != null; flow = first()) {
      discard(flow);
    }
  }
}
