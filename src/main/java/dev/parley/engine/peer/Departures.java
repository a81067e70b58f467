package dev.parley.engine.peer;

import dev.parley.engine.Deadline;
import dev.parley.engine.Engine;
import dev.parley.engine.congestion.Bounds;
import dev.parley.engine.congestion.Missing;
import dev.parley.engine.congestion.PacketKind;
import dev.parley.engine.congestion.SendSide;
import dev.parley.protocol.rtp.ExtensionValues;
import dev.parley.protocol.rtp.RtpPacket;
import dev.parley.protocol.rtp.RtxPayload;
import dev.parley.protocol.srtp.SrtpSender;

/// The way out for all RTP packets of one peer: each leaves when congestion control lets it, with
/// the next transport-wide number (draft-holmer-rmcat-transport-wide-cc-extensions-01, section 2).
/// Confined to the peer's loop.
///
/// Most leave at once, from [Scratch]. What may not waits, retransmissions before new video, and is
/// numbered and protected as it leaves: so numbers are in the order of departure, and what is
/// dropped while it waits leaves no gap that would look like loss on the path.
final class Departures {
  /// Packets that had to wait leave in groups, which cost the kernel and the loop less than one by
  /// one.
  private static final long GROUP = 5_000_000L;

  /// Between two ticks for a probe: no clock of a loop is finer.
  private static final long TICK = 1_000_000L;

  /// What is searched for until somebody says what is of use, bit/s.
  private static final long UNTOLD = 5_000_000;

  /// Between two tellings of small changes.
  private static final long TOLD_EVERY = 500_000_000L;

  private static final long SECOND = 1_000_000_000L;

  /// Where more than this share is lost, one retransmission in fifty is lost too.
  private static final double LOSSY = 0.02;

  private final PeerKit kit;
  private final Peer peer;
  private final PeerIce ice;
  private final PeerSide side;
  private final byte[] out;
  private final Holding holding;
  private final RepairBudget repairBudget = new RepairBudget();
  private SendSide control;
  private boolean careful = true;
  private boolean anew;
  private boolean released;
  private int overhead;
  private boolean probing = true;
  private long useful = UNTOLD;
  private long ticked;
  private long leaving = Engine.NEVER;
  private long awaited = Engine.NEVER;
  private long left;
  private long told = Bounds.DEFAULT.start();
  private long toldAt;

  Departures(PeerKit kit, Peer peer, PeerIce ice, PeerSide side) {
    this.kit = kit;
    this.peer = peer;
    this.ice = ice;
    this.side = side;
    this.out = kit.scratch().out;
    this.holding = new Holding(kit.scratch().holding, kit.tally());
  }

  /// The keys are there, or others than before: nothing that waits is of any use under them.
  void keyed(SrtpSender sender) {
    overhead = sender.profile().rtpOverhead();
    clear();
  }

  /// Both ends agreed on what is sent.
  ///
  /// @param feedback whether the client is to tell what arrives or what it can take. One that is to
  ///   and does not is sent little; one that never was, as much as most paths carry
  void agreed(boolean feedback) {
    anew |= feedback && !careful;
    careful = feedback;
  }

  /// Sends a packet, now or later; hot. Its header stands in [Scratch#out].
  ///
  /// @param payload another array than that
  /// @param length octets of payload, with padding
  /// @param sequenceAt octets of the header before the transport-wide number, or 0 for none
  /// @param timeAt ... before the time of sending
  void depart(
      PacketKind kind,
      Flow flow,
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
    if (control == null || anew) {
      begin(now);
    }
    if (kind == PacketKind.RETRANSMISSION
        && !repairBudget.take(header + length + overhead, control.estimate(), now)) {
      return;
    }
    if (waits(kind, now)) {
      if (holding.add(flow, out, header, payload, at, length, sequenceAt, timeAt, now)) {
        leave(now);
      }
    } else {
      long mark = mark(kind, out, payload, at);
      stamp(out, sequenceAt, timeAt, header + length, kind, mark, now);
      send(flow.stream(), out, header, payload, at, length);
    }
    stir();
  }

  private void begin(long now) {
    anew = false;
    control = new SendSide(bounds(), now);
    control.useful(sought(), now);
    ticked = now;
    toldAt = now;
  }

  private Bounds bounds() {
    return (careful ? Bounds.DEFAULT : Bounds.UNTOLD).atLeast(kit.leastBitrate());
  }

  /// What is to be searched for: nothing where there is nothing to search with or nobody to tell.
  private long sought() {
    return probing && careful ? useful : 0;
  }

  private boolean waits(PacketKind kind, long now) {
    if (kind == PacketKind.AUDIO || kind == PacketKind.PADDING) {
      return false;
    }
    return !holding.isEmpty() || control.delay(kind, now) > 0;
  }

  /// Whether a retransmission should go twice: what is lost a second time comes too late.
  boolean twice() {
    return control != null && control.loss() > LOSSY && repairBudget.ample();
  }

  /// What names a packet that may have to be sent again: the SSRC it leaves under, and the number
  /// that its receiver would ask for.
  private static long mark(PacketKind kind, byte[] packet, byte[] payload, int at) {
    int number =
        switch (kind) {
          case VIDEO -> RtpPacket.sequence(packet, Scratch.AT);
          case RETRANSMISSION -> RtxPayload.originalSequence(payload, at, RtxPayload.HEADER);
          case AUDIO, PADDING -> -1;
        };
    return number < 0 ? Missing.NO_MARK : (long) RtpPacket.ssrc(packet, Scratch.AT) << 32 | number;
  }

  /// Whether packets leave: one has within a second.
  boolean flows(long now) {
    return control != null && now - left < SECOND;
  }

  /// Writes what only the moment of departure can tell.
  private void stamp(
      byte[] packet, int sequenceAt, int timeAt, int length, PacketKind kind, long mark, long now) {
    left = now;
    int sequence = control.departing(length + overhead, kind, mark, now);
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

  /// Sends of what waits all that may leave by now.
  private void leave(long now) {
    leaving = Engine.NEVER;
    for (Flow flow = holding.next(now); flow != null; flow = holding.next(now)) {
      long delay = control.delay(flow.kind(), now);
      if (delay > 0) {
        leaving = Deadline.at(now + Math.max(delay, GROUP));
        return;
      }
      leave(flow, now);
    }
  }

  private void leave(Flow flow, long now) {
    Held held = holding.take(flow);
    int header = held.header;
    byte[] octets = held.octets;
    long mark = mark(flow.kind(), octets, octets, Scratch.AT + header);
    stamp(octets, held.sequenceAt, held.timeAt, held.size(), flow.kind(), mark, now);
    send(flow.stream(), octets, header, octets, Scratch.AT + header, held.payload);
    holding.back(held);
  }

  /// Nobody wants what waits of a flow any more.
  void discard(Flow flow) {
    holding.discard(flow);
  }

  /// Whether a flow has lost packets that waited, see [Flow#lost]; asked once.
  boolean lost() {
    return holding.lost();
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
  ///
  /// @return what has not arrived, or null where nothing was sent
  Missing feedback(byte[] octets, int at, int length, long now) {
    if (control == null) {
      return null;
    }
    control.feedback(octets, at, length, now);
    return control.missing();
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

  /// To the client and back, nanoseconds.
  long roundTrip() {
    return control == null ? SendSide.NOT_MEASURED : control.roundTrip();
  }

  void useful(long bitsPerSecond, long now) {
    useful = bitsPerSecond;
    if (control != null) {
      control.useful(sought(), now);
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
    return control == null ? bounds().start() : control.estimate();
  }

  long lasting() {
    return control == null ? bounds().start() : control.lasting();
  }

  /// What packets wait on the way, nanoseconds; negative where nothing is known.
  long queueDelay() {
    return control == null ? -1 : control.queueDelay();
  }

  /// How many octets of padding should leave now.
  int padding(long now) {
    boolean idle = control != null && holding.isEmpty() && ice.reachable();
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
    holding.clear();
  }
}
