package dev.parley.engine.sfu;

import dev.parley.engine.Engine;
import dev.parley.engine.Timers;
import dev.parley.engine.peer.Sender;
import dev.parley.engine.peer.SenderSide;
import dev.parley.media.Counter;
import dev.parley.media.TrackKind;
import dev.parley.protocol.rtcp.NtpTime;
import dev.parley.protocol.rtcp.RtcpWriter;
import dev.parley.protocol.sdp.Codec;
import dev.parley.protocol.sdp.Outgoing;
import java.time.Duration;

/// One [PublishedTrack] forwarded to one [Member] (RFC 7667, section 3.7): one outgoing RtpStream
/// without a break, whatever happens to the layers it is made of. Confined to the loop of the room.
///
/// It is *open* while the client takes it and neither side holds it back. Then it *runs* from a
/// packet that a receiver may begin with: of the ring if that has one ([FastStart]), else the next
/// that comes. While it runs on one layer it may wait for another's key frame.
final class Subscription implements SenderSide {
  private static final long TURN = Duration.ofMillis(1).toNanos();
  private static final int PACKETS_A_TURN = 10;

  /// Where nothing looks like a key frame for so long after one was asked for, as in encrypted
  /// payloads, the receiver is to find out itself.
  private static final long PATIENCE = Duration.ofSeconds(3).toNanos();

  private final SfuKit kit;
  private final PublishedTrack track;
  private final Member member;
  private final Outgoing outgoing;
  private final Rewriter rewriter;
  private final Retransmission retransmission;
  private final FastStart fastStart = new FastStart();
  private final SenderReportClock reports = new SenderReportClock();
  private final Timers.Alarm alarm = new Timers.Alarm(this::wake);
  private Sender sender;
  private boolean paused;
  private boolean open;
  private boolean running;
  private long waitingSince;
  private Layer layer;
  private Layer target;
  private int typeIn = -1;
  private int typeOut = -1;

  Subscription(SfuKit kit, PublishedTrack track, Member member, Outgoing outgoing, long now) {
    this.kit = kit;
    this.track = track;
    this.member = member;
    this.outgoing = outgoing;
    int first = kit.random().nextInt(1 << 15);
    int stamp = kit.random().nextInt();
    rewriter =
        track.kind() == TrackKind.VIDEO
            ? Rewriter.forVideo(first, stamp)
            : Rewriter.forAudio(track.offered().getFirst().clock(), first, stamp);
    retransmission = new Retransmission(rewriter, track::ring, kit.settings().repairOctets(), now);
  }

  /// Hot: a packet of one of the track's layers came.
  void forward(Layer from, int slot, boolean begins, long now) {
    if (!open) {
      return;
    }
    if (from == layer && running) {
      if (!fastStart.holds(from.ring().sequence(slot))) {
        pass(slot, now);
      }
    } else if (from == target && (begins || impatient(from, slot, now))) {
      fastStart.stop();
      begin(from, slot, now);
    }
  }

  private boolean impatient(Layer from, int slot, long now) {
    return !running && now - waitingSince > PATIENCE && from.ring().payloadLength(slot) > 0;
  }

  private void begin(Layer from, int slot, long now) {
    PacketRing ring = from.ring();
    int type = type(ring.payloadType(slot));
    if (type < 0) {
      fastStart.stop();
      return;
    }
    layer = from;
    target = null;
    running = true;
    rewriter.start(
        from.number(),
        ring.sequence(slot),
        ring.timestamp(slot),
        ring.arrival(slot),
        from.picture(slot),
        from.tl0(slot));
    send(slot, type, now);
  }

  private void pass(int slot, long now) {
    PacketRing ring = layer.ring();
    int type = type(ring.payloadType(slot));
    long sequence = ring.sequence(slot);
    boolean place;
    if (type < 0 || ring.payloadLength(slot) == 0) {
      place = rewriter.drop(layer.number(), sequence, Rewriter.NONE) && type >= 0;
    } else {
      place =
          rewriter.forward(
              layer.number(),
              sequence,
              ring.timestamp(slot),
              ring.arrival(slot),
              layer.picture(slot),
              layer.tl0(slot));
    }
    if (place) {
      send(slot, type, now);
    }
  }

  /// Sends the packet that the rewriter stands at.
  private void send(int slot, int type, long now) {
    PacketRing ring = layer.ring();
    int payload = ring.payloadLength(slot);
    reports.sent(payload);
    kit.count(Counter.SFU_PACKETS_OUT);
    kit.count(Counter.SFU_OCTETS_OUT, payload);
    sender.send(
        ring.octets(slot),
        ring.at(slot),
        ring.headerLength(slot),
        payload,
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

  private int type(int incoming) {
    if (incoming != typeIn) {
      typeIn = incoming;
      Codec codec = track.codec(incoming);
      typeOut = codec == null ? -1 : sender.payloadType(codec);
    }
    return typeOut;
  }

  /// The client takes it from now on, or by other numbers.
  void sending(Sender anew, long now) {
    sender = anew;
    typeIn = -1;
    anew.side(this);
    anew.from(track.publication());
    reconsider(now);
  }

  /// The client does not take it any more.
  void stopped(long now) {
    sender = null;
    reconsider(now);
  }

  /// The publisher's payload types or header extensions are others.
  void republished() {
    typeIn = -1;
    if (sender != null) {
      sender.from(track.publication());
    }
  }

  void pause(boolean wanted, long now) {
    paused = wanted;
    reconsider(now);
  }

  /// Opens or closes it as all that counts for it says.
  void reconsider(long now) {
    boolean wanted = sender != null && !paused && !track.muted();
    if (wanted == open) {
      return;
    }
    open = wanted;
    running = false;
    target = null;
    fastStart.stop();
    kit.timers().cancel(alarm);
    if (open) {
      aim(track.best(layer), now);
    }
  }

  /// Looks again which layer this receiver is to get.
  void choose(long now) {
    if (open) {
      Layer current = target == null ? layer : target;
      aim(track.best(current), now);
    }
  }

  private void aim(Layer at, long now) {
    if (at == null || at == target || at == layer && running) {
      target = at == layer && running ? null : at;
      return;
    }
    target = at;
    waitingSince = now;
    if (track.kind() == TrackKind.AUDIO) {
      return;
    }
    if (!running
        && fastStart.begin(at.ring(), FastStart.OLDEST.toNanos(), FastStart.PACKETS, now)) {
      kit.count(Counter.SFU_FAST_STARTS);
      begin(at, fastStart.next(), now);
      kit.timers().noLaterThan(alarm, now + TURN);
    } else {
      at.askForNewcomer(now);
    }
  }

  /// The fast start goes on.
  private long wake(long now) {
    for (int i = 0; i < PACKETS_A_TURN && open && running; i++) {
      int slot = fastStart.next();
      if (slot == FastStart.NONE) {
        return Engine.NEVER;
      }
      pass(slot, now);
    }
    return fastStart.running() ? Timers.at(now + TURN) : Engine.NEVER;
  }

  /// A layer comes no more.
  void ended(Layer gone, long now) {
    if (gone == layer && running) {
      running = false;
      fastStart.stop();
    }
    if (gone == target) {
      target = null;
    }
    if (open) {
      aim(track.best(running ? layer : null), now);
    }
  }

  /// It is over.
  void end() {
    open = false;
    sender = null;
    fastStart.stop();
    kit.timers().cancel(alarm);
  }

  @Override
  public void nack(int sequence, int following, long now) {
    repair(sequence, now);
    for (int i = 0; i < 16; i++) {
      if ((following >> i & 1) != 0) {
        repair(sequence + 1 + i & 0xffff, now);
      }
    }
  }

  private void repair(int number, long now) {
    if (!open || !sender.repairs()) {
      return;
    }
    int slot = retransmission.find(number, now);
    if (slot == Retransmission.NONE) {
      return;
    }
    Layer from = track.layer(rewriter.source());
    PacketRing ring = from.ring();
    int type = type(ring.payloadType(slot));
    if (type < 0) {
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

  @Override
  public void keyFrameWanted(long now) {
    if (open && running) {
      layer.ask(now);
    } else if (open && target != null) {
      target.askForNewcomer(now);
    }
  }

  @Override
  public void reported(
      int fractionLost,
      int highestSequence,
      int jitter,
      int lastSr,
      int delaySinceLastSr,
      long now) {
    long trip = reports.roundTrip(lastSr, delaySinceLastSr, now);
    if (trip != NtpTime.UNKNOWN) {
      retransmission.roundTrip(trip);
    }
  }

  @Override
  public boolean report(RtcpWriter into, long wall, long now) {
    if (!rewriter.started()) {
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

  /// Whether something of it is to be sent.
  boolean open() {
    return open;
  }

  Outgoing outgoing() {
    return outgoing;
  }

  PublishedTrack track() {
    return track;
  }

  Member member() {
    return member;
  }
}
