package dev.parley.engine.peer;

import dev.parley.engine.Deadline;
import dev.parley.engine.Engine;
import dev.parley.engine.congestion.Bounds;
import dev.parley.engine.congestion.PacketKind;
import dev.parley.engine.congestion.SendSide;
import dev.parley.media.Counter;
import dev.parley.protocol.rtp.ExtensionValues;
import dev.parley.protocol.srtp.SrtpSender;

/// The way out for all RTP packets of one peer: each leaves when congestion control lets it, with
/// the next transport-wide number (draft-holmer-rmcat-transport-wide-cc-extensions-01, section 2).
/// Confined to the peer's loop.
///
/// Most leave at once, from [Scratch]. What may not waits, retransmissions before new video, and is
/// numbered and protected as it leaves: so numbers are in the order of departure, and what is
/// dropped while it waits leaves no gap that would look like loss on the path.
final class Departures {
  /// A picture that is half a second late is of no use any more.
  private static final long LONGEST = 500_000_000L;

  /// Octets that may wait for one peer: a large key frame or two.
  private static final int MOST = 500_000;

  /// Packets that had to wait leave in groups, which cost the kernel and the loop less than one by
  /// one.
  private static final long GROUP = 5_000_000L;

  /// Between two ticks for a probe: no clock of a loop is finer.
  private static final long TICK = 1_000_000L;

  /// What is searched for until somebody says what is of use, bit/s.
  private static final long UNTOLD = 5_000_000;

  /// Between two tellings of small changes.
  private static final long TOLD_EVERY = 500_000_000L;

  private final PeerKit kit;
  private final Peer peer;
  private final PeerIce ice;
  private final PeerSide side;
  private final byte[] out;
  private final HoldingPool pool;
  private final HoldingQueue repairs = new HoldingQueue();
  private final HoldingQueue video = new HoldingQueue();
  private SendSide control;
  private boolean released;
  private int overhead;
  private boolean probing = true;
  private long useful = UNTOLD;
  private long ticked;
  private long leaving = Engine.NEVER;
  private long awaited = Engine.NEVER;
  private long told = Bounds.DEFAULT.start();
  private long toldAt;

  Departures(PeerKit kit, Peer peer, PeerIce ice, PeerSide side) {
    this.kit = kit;
    this.peer = peer;
    this.ice = ice;
    this.side = side;
    this.out = kit.scratch().out;
    this.pool = kit.scratch().holding;
  }

  /// The keys are there, or others than before: nothing that waits is of any use under them.
  void keyed(SrtpSender sender) {
    overhead = sender.profile().rtpOverhead();
    clear();
  }

  /// Sends a packet, now or later; hot. Its header stands in [Scratch#out].
  ///
  /// @param payload another array than that
  /// @param length octets of payload, with padding
  /// @param sequenceAt octets of the header before the transport-wide number, or 0 for none
  /// @param timeAt ... before the time of sending
  void depart(
      PacketKind kind,
      SrtpSender.Stream stream,
      int header,
      byte[] payload,
      int at,
      int length,
      int sequenceAt,
      int timeAt,
      long now) {
    if (released || !ice.reachable()) {
      return;
    }
    if (control == null) {
      begin(now);
    }
    if (waits(kind, now)) {
      hold(kind, stream, header, payload, at, length, sequenceAt, timeAt, now);
    } else {
      stamp(out, sequenceAt, timeAt, header + length, kind, now);
      send(stream, out, header, payload, at, length);
    }
    stir();
  }

  private void begin(long now) {
    control = new SendSide(Bounds.DEFAULT, now);
    control.useful(probing ? useful : 0, now);
    ticked = now;
    toldAt = now;
  }

  private boolean waits(PacketKind kind, long now) {
    if (kind == PacketKind.AUDIO || kind == PacketKind.PADDING) {
      return false;
    }
    return !repairs.isEmpty() || !video.isEmpty() || control.delay(kind, now) > 0;
  }

  /// Writes what only the moment of departure can tell.
  private void stamp(
      byte[] packet, int sequenceAt, int timeAt, int length, PacketKind kind, long now) {
    int sequence = control.departing(length + overhead, kind, now);
    if (sequenceAt != 0) {
      ExtensionValues.putTransportSequence(packet, Scratch.AT + sequenceAt, sequence);
    } else if (timeAt != 0) {
      ExtensionValues.putAbsSendTime(packet, Scratch.AT + timeAt, now);
    }
  }

  private void send(
      SrtpSender.Stream stream, byte[] from, int header, byte[] payload, int at, int length) {
    int size = stream.protect(from, Scratch.AT, header, payload, at, length, out, Scratch.AT);
    if (size > 0) {
      ice.send(out, Scratch.AT, size);
    }
  }

  private void hold(
      PacketKind kind,
      SrtpSender.Stream stream,
      int header,
      byte[] payload,
      int at,
      int length,
      int sequenceAt,
      int timeAt,
      long now) {
    HoldingQueue queue = kind == PacketKind.RETRANSMISSION ? repairs : video;
    boolean room =
        repairs.octets() + video.octets() < MOST && Scratch.AT + header + length <= Held.SIZE;
    Held held = room ? pool.take() : null;
    if (held == null) {
      kit.tally().count(Counter.SFU_PACED_OUT);
      return;
    }
    System.arraycopy(out, Scratch.AT, held.octets, Scratch.AT, header);
    System.arraycopy(payload, at, held.octets, Scratch.AT + header, length);
    held.kind = kind;
    held.stream = stream;
    held.header = header;
    held.payload = length;
    held.sequenceAt = sequenceAt;
    held.timeAt = timeAt;
    held.since = now;
    queue.add(held);
    kit.tally().count(Counter.SFU_PACED);
    leave(now);
  }

  /// Sends of what waits all that may leave by now.
  private void leave(long now) {
    leaving = Engine.NEVER;
    while (leaving == Engine.NEVER && !(repairs.isEmpty() && video.isEmpty())) {
      HoldingQueue queue = repairs.isEmpty() ? video : repairs;
      Held first = queue.first();
      long delay = control.delay(first.kind, now);
      if (now - first.since > LONGEST) {
        kit.tally().count(Counter.SFU_PACED_OUT);
        pool.give(queue.poll());
      } else if (delay > 0) {
        leaving = Deadline.at(now + Math.max(delay, GROUP));
      } else {
        leave(queue.poll(), now);
      }
    }
  }

  private void leave(Held held, long now) {
    int header = held.header;
    byte[] octets = held.octets;
    stamp(octets, held.sequenceAt, held.timeAt, header + held.payload, held.kind, now);
    send(held.stream, octets, header, octets, Scratch.AT + header, held.payload);
    pool.give(held);
  }

  /// Sending is no input of the peer's: whoever wakes it has to hear of it.
  private void stir() {
    long next = next();
    if (next != Engine.NEVER && (awaited == Engine.NEVER || next - awaited < 0)) {
      awaited = next;
      kit.notes().stirred(peer);
    }
  }

  /// Transport-wide feedback came.
  void feedback(byte[] octets, int at, int length, long now) {
    if (control != null) {
      control.feedback(octets, at, length, now);
    }
  }

  void remb(long bitsPerSecond, long now) {
    if (control != null) {
      control.remb(bitsPerSecond, now);
    }
  }

  /// A report block about an outgoing stream came.
  void reported(int ssrc, int cumulativeLost, int highestSequence, long now) {
    if (control != null) {
      control.reported(ssrc, cumulativeLost, highestSequence, now);
    }
  }

  void roundTrip(long nanoseconds, long now) {
    if (control != null) {
      control.roundTrip(nanoseconds, now);
    }
  }

  void useful(long bitsPerSecond, long now) {
    useful = bitsPerSecond;
    if (control != null) {
      control.useful(probing ? useful : 0, now);
    }
  }

  /// Whether there is something to carry padding.
  void probes(boolean can, long now) {
    if (can != probing) {
      probing = can;
      useful(useful, now);
    }
  }

  long estimate() {
    return control == null ? Bounds.DEFAULT.start() : control.estimate();
  }

  /// What packets wait on the way, nanoseconds; negative where nothing is known.
  long queueDelay() {
    return control == null ? -1 : control.queueDelay();
  }

  /// How many octets of padding should leave now.
  int padding(long now) {
    boolean idle = control != null && repairs.isEmpty() && video.isEmpty() && ice.reachable();
    return idle ? control.padding(now) : 0;
  }

  void tick(long now) {
    if (control != null) {
      if (Deadline.due(wanted(), now)) {
        ticked = now;
        control.tick(now);
      }
      settle(now);
    }
  }

  /// Does what feedback or time have made possible.
  void settle(long now) {
    if (control != null) {
      leave(now);
      tell(now);
    }
  }

  private void tell(long now) {
    long estimate = control.estimate();
    long change = Math.abs(estimate - told);
    if (100 * change >= 3 * told || change > 0 && now - toldAt >= TOLD_EVERY) {
      told = estimate;
      toldAt = now;
      side.estimated(estimate);
    }
  }

  long deadline() {
    awaited = control == null ? Engine.NEVER : next();
    return awaited;
  }

  private long next() {
    return Deadline.earlier(leaving, wanted());
  }

  /// When congestion control wants to be ticked. A probe may be due before what waits has left, but
  /// a deadline that has passed would be due for ever.
  private long wanted() {
    long deadline = control.deadline();
    boolean tooSoon = deadline != Engine.NEVER && deadline - ticked < TICK;
    return tooSoon ? Deadline.at(ticked + TICK) : deadline;
  }

  /// The peer has closed.
  void release() {
    released = true;
    clear();
    control = null;
  }

  private void clear() {
    leaving = Engine.NEVER;
    while (!repairs.isEmpty()) {
      pool.give(repairs.poll());
    }
    while (!video.isEmpty()) {
      pool.give(video.poll());
    }
  }
}
