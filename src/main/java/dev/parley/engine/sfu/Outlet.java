package dev.parley.engine.sfu;

import dev.parley.engine.peer.PacketChange;
import dev.parley.engine.peer.Sender;
import dev.parley.media.Counter;
import dev.parley.protocol.rtcp.RtcpWriter;
import dev.parley.protocol.rtp.FrameFacts;
import dev.parley.protocol.rtp.MediaCodec;
import dev.parley.protocol.sdp.Codec;
import dev.parley.protocol.sdp.Kind;
import dev.parley.protocol.sdp.Outgoing;

/// The one outgoing RtpStream of a [Subscription]: numbers, timestamps and picture numbers without
/// a break, reports, retransmissions. Confined to the loop of the room.
final class Outlet {
  private static final int NO_TYPE = -1;

  /// Octets of the headers and the authentication tag of a packet, about.
  private static final long AROUND = 40;

  /// Ticks a second of all audio but telephony's (RFC 7587, section 4.1).
  private static final int OPUS = 48_000;

  private final SfuKit kit;
  private final Outgoing outgoing;
  private final Rewriter rewriter;
  private final Retransmission retransmission;
  private final Gate gate = new Gate();
  private final PacketChange change;
  private final SenderReportClock reports = new SenderReportClock();
  private PublishedTrack track;
  private Sender sender;
  private Layer layer;
  private PacketFacts facts;
  private int typeIn = NO_TYPE;
  private int typeOut = NO_TYPE;
  private boolean unwrapping;

  /// @param track what it begins with, or null for nothing yet
  Outlet(SfuKit kit, PublishedTrack track, Outgoing outgoing, long now) {
    this.kit = kit;
    this.track = track;
    this.outgoing = outgoing;
    this.change = kit.change();
    int first = kit.random().nextInt(1 << 15);
    int stamp = kit.random().nextInt();
    rewriter =
        outgoing.kind() == Kind.VIDEO
            ? Rewriter.forVideo(first, stamp)
            : Rewriter.forAudio(clock(track), first, stamp);
    retransmission =
        new Retransmission(
            rewriter, number -> this.track.ring(number), kit.settings().repairOctets(), now);
  }

  private static int clock(PublishedTrack of) {
    return of == null ? OPUS : of.offered().getFirst().clock();
  }

  /// Goes on with packets of another track, or with none for now; the stream does not break.
  void track(PublishedTrack other) {
    track = other;
    layer = null;
    facts = null;
    retransmission.forget();
    republished();
  }

  /// What packets are sent through from now on, by other numbers than before; null for nothing.
  void sender(Sender anew) {
    sender = anew;
    republished();
  }

  /// The publisher's payload types or header extensions are others.
  void republished() {
    typeIn = NO_TYPE;
    if (sender != null && track != null) {
      sender.from(track.publication());
    }
  }

  /// Begins, or goes on from here, with a packet of this layer.
  ///
  /// @param spatial the highest spatial layer that is to be sent of it
  /// @param temporal likewise
  /// @return false if the client does not take its codec; nothing has changed
  boolean begin(Layer from, int slot, int spatial, int temporal, long now) {
    PacketRing ring = from.ring();
    int type = type(ring, slot);
    if (type < 0) {
      return false;
    }
    layer = from;
    facts = from.facts();
    if (rewriter.started()) {
      sender.supersede();
    }
    if (facts != null) {
      gate.begin(ring, facts, slot, spatial, temporal);
    }
    rewriter.start(
        from.number(),
        ring.sequence(slot),
        ring.timestamp(slot),
        ring.arrival(slot),
        facts == null ? Rewriter.NONE : facts.picture(slot),
        facts == null ? Rewriter.NONE : facts.tl0(slot),
        facts == null ? Rewriter.NONE : facts.frame(slot));
    send(layer, slot, type, 0, now);
    return true;
  }

  /// Sends no more than these layers of what it sends, as soon as the receiver can follow.
  void limit(int spatial, int temporal, long now) {
    if (facts != null && layer != null && gate.want(spatial, temporal, facts)) {
      layer.askForNewcomer(now);
    }
  }

  /// Passes a packet of the layer on, if it has a place; hot.
  void pass(int slot, int padding, long now) {
    PacketRing ring = layer.ring();
    int type = type(ring, slot);
    if (place(ring, slot, type, now)) {
      send(layer, slot, type, padding, now);
    }
  }

  /// Passes the first packet of a key frame on. Where it is late, its picture has gone by without
  /// letting anybody up, and what was asked for is taken for answered: there must be another.
  void passKeyFrame(int slot, int padding, long now) {
    boolean late = facts != null && gate.late(layer.ring(), slot);
    pass(slot, padding, now);
    if (late && gate.waits(facts)) {
      layer.askForNewcomer(now);
    }
  }

  private boolean place(PacketRing ring, int slot, int type, long now) {
    long sequence = ring.sequence(slot);
    if (type < 0 || ring.payloadLength(slot) == 0) {
      return rewriter.drop(layer.number(), sequence, Rewriter.NONE) && type >= 0;
    }
    if (facts == null) {
      return rewriter.forward(layer.number(), sequence, ring.timestamp(slot), ring.arrival(slot));
    }
    if (!gate.passes(ring, facts, slot)) {
      if (rewriter.drop(layer.number(), sequence, closing(slot))) {
        sendEmpty(slot, type, now);
      }
      return false;
    }
    return rewriter.forward(
        layer.number(),
        sequence,
        ring.timestamp(slot),
        ring.arrival(slot),
        facts.picture(slot),
        facts.tl0(slot),
        facts.frame(slot));
  }

  /// A late packet of what is left out: its number has been kept free, and the receiver waits for
  /// it, but could not decode what is in it.
  private void sendEmpty(int slot, int type, long now) {
    PacketRing ring = layer.ring();
    change(layer, slot);
    kit.count(Counter.SFU_PACKETS_OUT);
    reports.sent(0);
    sender.send(
        ring.octets(slot),
        ring.at(slot),
        ring.headerLength(slot),
        0,
        0,
        type,
        rewriter.sequence(),
        rewriter.timestamp(ring.timestamp(slot)),
        change,
        now);
  }

  /// The picture id whose gap is closed; references of VP9 count by it.
  private int closing(int slot) {
    return layer.codec() == MediaCodec.VP8 ? facts.picture(slot) : Rewriter.NONE;
  }

  /// Sends the packet that the rewriter stands at.
  private void send(Layer from, int slot, int type, int padding, long now) {
    PacketRing ring = from.ring();
    byte[] octets = ring.octets(slot);
    int at = ring.at(slot);
    int payload = ring.payloadLength(slot);
    if (unwrapping) {
      payload = kit.plainAudio().unwrap(ring, slot);
      octets = kit.plainAudio().octets();
      at = 0;
    }
    reports.sent(payload);
    kit.count(Counter.SFU_PACKETS_OUT);
    kit.count(Counter.SFU_OCTETS_OUT, payload);
    change(from, slot);
    sender.send(
        octets,
        at,
        ring.headerLength(slot),
        payload,
        unwrapping ? 0 : padding,
        type,
        rewriter.sequence(),
        rewriter.timestamp(ring.timestamp(slot)),
        change,
        now);
  }

  /// Notes what of a packet is other than what came: nothing is written where nothing changes.
  private void change(Layer from, int slot) {
    PacketFacts of = from.facts();
    if (of == null
        || rewriter.keepsPictures() && !FrameFacts.has(of.facts(slot), FrameFacts.LAYERED)) {
      change.nothing();
      return;
    }
    int picture = of.picture(slot);
    int tl0 = of.tl0(slot);
    int frame = of.frame(slot);
    change.numbers(
        changed(picture, picture == Rewriter.NONE ? picture : rewriter.pictureId(picture)),
        changed(tl0, tl0 == Rewriter.NONE ? tl0 : rewriter.tl0PicIdx(tl0)),
        changed(frame, frame == Rewriter.NONE ? frame : rewriter.frameNumber(frame)));
    change.picture(
        of == facts && gate.ends(of.facts(slot)), of == facts ? gate.targets(of) : 0, gate.mask());
  }

  private static int changed(int incoming, int outgoing) {
    return incoming == outgoing ? PacketChange.NONE : outgoing;
  }

  /// The payload type to send a packet with, or negative.
  private int type(PacketRing ring, int slot) {
    int incoming = ring.payloadType(slot);
    if (incoming != typeIn) {
      typeIn = incoming;
      Codec codec = track.codec(incoming);
      typeOut = codec == null ? NO_TYPE : sender.payloadType(codec);
      unwrapping = typeOut < 0 && codec != null && codec.redundancy();
    }
    return unwrapping ? primaryType(ring, slot) : typeOut;
  }

  /// Of RED, where the client does not take it: what is within, without the copies.
  private int primaryType(PacketRing ring, int slot) {
    int type = PlainAudio.type(ring, slot);
    Codec within = type < 0 ? null : track.codec(type);
    return within == null || within.redundancy() ? NO_TYPE : sender.payloadType(within);
  }

  /// Sends once more what the receiver says it lacks (RFC 4585, section 6.2.1).
  ///
  /// @param following of the 16 packets behind it, the lowest bit for the next
  void repair(int number, int following, long now) {
    repair(number, now);
    for (int i = 0; i < 16; i++) {
      if ((following >> i & 1) != 0) {
        repair(number + 1 + i & 0xffff, now);
      }
    }
  }

  private void repair(int number, long now) {
    if (sender.repairs()) {
      retransmission.roundTrip(sender.roundTrip());
      repeat(retransmission.find(number, now), now);
    }
  }

  /// Sends once more what has not arrived.
  ///
  /// @param leftAt when it was sent last, as far as is known
  void replace(int number, long leftAt, long now) {
    if (sender.repairs()) {
      repeat(retransmission.find(number, leftAt, now), now);
    }
  }

  private void repeat(int slot, long now) {
    if (slot == Retransmission.NONE) {
      return;
    }
    Layer from = track.layer(rewriter.source());
    PacketRing ring = from.ring();
    int type = type(ring, slot);
    if (type < 0 || unwrapping) {
      return;
    }
    kit.count(Counter.SFU_REPAIRS_OUT);
    change(from, slot);
    boolean empty = from == layer && facts != null && !gate.passed(ring, facts, slot);
    sender.repair(
        ring.octets(slot),
        ring.at(slot),
        ring.headerLength(slot),
        empty ? 0 : ring.payloadLength(slot),
        type,
        rewriter.sequence(),
        rewriter.timestamp(ring.timestamp(slot)),
        change,
        now);
  }

  boolean report(RtcpWriter into, long wall, long now) {
    if (!rewriter.started() || layer == null) {
      return false;
    }
    reports.report(rewriter, layer.clock(), wall, now);
    return into.senderReport(
        (int) outgoing.ssrc(),
        reports.ntp(),
        reports.timestamp(),
        reports.packets(),
        reports.octets());
  }

  /// Octets sent so far, with what is around them on the wire.
  long carried() {
    return Integer.toUnsignedLong(reports.octets())
        + AROUND * Integer.toUnsignedLong(reports.packets());
  }

  /// Packets that were to be sent once more so far.
  long repairs() {
    return retransmission.answered();
  }

  /// What has been sent.
  SenderReportClock reports() {
    return reports;
  }

  boolean hasSender() {
    return sender != null;
  }

  /// Whether packets of a track can be sent now.
  boolean takes(PublishedTrack other) {
    return sender != null && other.suits(sender);
  }

  /// The section it is sent in, or null.
  String mid() {
    return sender == null ? null : sender.mid();
  }
}
