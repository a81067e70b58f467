package dev.parley.engine.sfu;

import dev.parley.engine.peer.Sender;
import dev.parley.media.Counter;
import dev.parley.protocol.rtcp.NtpTime;
import dev.parley.protocol.rtcp.RtcpWriter;
import dev.parley.protocol.sdp.Codec;
import dev.parley.protocol.sdp.Kind;
import dev.parley.protocol.sdp.Outgoing;

/// The one outgoing RtpStream of a [Subscription]: numbers, timestamps and picture numbers without
/// a break, reports, retransmissions. Confined to the loop of the room.
final class Outlet {
  private static final int NO_TYPE = -1;

  /// Ticks a second of all audio but telephony's (RFC 7587, section 4.1).
  private static final int OPUS = 48_000;

  private final SfuKit kit;
  private final Outgoing outgoing;
  private final Rewriter rewriter;
  private final Retransmission retransmission;
  private final SenderReportClock reports = new SenderReportClock();
  private PublishedTrack track;
  private Sender sender;
  private Layer layer;
  private int typeIn = NO_TYPE;
  private int typeOut = NO_TYPE;
  private boolean unwrapping;

  /// @param track what it begins with, or null for nothing yet
  Outlet(SfuKit kit, PublishedTrack track, Outgoing outgoing, long now) {
    this.kit = kit;
    this.track = track;
    this.outgoing = outgoing;
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
  /// @return false if the client does not take its codec; nothing has changed
  boolean begin(Layer from, int slot, long now) {
    PacketRing ring = from.ring();
    int type = type(ring, slot);
    if (type < 0) {
      return false;
    }
    layer = from;
    rewriter.start(
        from.number(),
        ring.sequence(slot),
        ring.timestamp(slot),
        ring.arrival(slot),
        from.picture(slot),
        from.tl0(slot));
    send(slot, type, 0, now);
    return true;
  }

  /// Passes a packet of the layer on, if it has a place; hot.
  void pass(int slot, int padding, long now) {
    PacketRing ring = layer.ring();
    int type = type(ring, slot);
    if (place(ring, slot, type)) {
      send(slot, type, padding, now);
    }
  }

  private boolean place(PacketRing ring, int slot, int type) {
    long sequence = ring.sequence(slot);
    if (type < 0 || ring.payloadLength(slot) == 0) {
      return rewriter.drop(layer.number(), sequence, Rewriter.NONE) && type >= 0;
    }
    return rewriter.forward(
        layer.number(),
        sequence,
        ring.timestamp(slot),
        ring.arrival(slot),
        layer.picture(slot),
        layer.tl0(slot));
  }

  /// Sends the packet that the rewriter stands at.
  private void send(int slot, int type, int padding, long now) {
    PacketRing ring = layer.ring();
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
    sender.send(
        octets,
        at,
        ring.headerLength(slot),
        payload,
        unwrapping ? 0 : padding,
        type,
        rewriter.sequence(),
        rewriter.timestamp(ring.timestamp(slot)),
        picture(layer.picture(slot)),
        tl0(layer.tl0(slot)),
        now);
  }

  /// Nothing is written where nothing changes.
  private int picture(int incoming) {
    return incoming == Rewriter.NONE || rewriter.pictureId(incoming) == incoming
        ? Sender.NONE
        : rewriter.pictureId(incoming);
  }

  private int tl0(int incoming) {
    return incoming == Rewriter.NONE || rewriter.tl0PicIdx(incoming) == incoming
        ? Sender.NONE
        : rewriter.tl0PicIdx(incoming);
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

  /// Sends once more what the receiver says it lacks.
  void repair(int number, long now) {
    if (!sender.repairs()) {
      return;
    }
    int slot = retransmission.find(number, now);
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
    sender.repair(
        ring.octets(slot),
        ring.at(slot),
        ring.headerLength(slot),
        ring.payloadLength(slot),
        type,
        rewriter.sequence(),
        rewriter.timestamp(ring.timestamp(slot)),
        picture(from.picture(slot)),
        tl0(from.tl0(slot)),
        now);
  }

  /// A report block tells which of our reports it answers.
  void reported(int lastSr, int delaySinceLastSr, long now) {
    long trip = reports.roundTrip(lastSr, delaySinceLastSr, now);
    if (trip != NtpTime.UNKNOWN) {
      retransmission.roundTrip(trip);
    }
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
