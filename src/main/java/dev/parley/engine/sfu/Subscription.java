package dev.parley.engine.sfu;

import dev.parley.engine.Deadline;
import dev.parley.engine.Engine;
import dev.parley.engine.Timers;
import dev.parley.engine.peer.Sender;
import dev.parley.engine.peer.SenderSide;
import dev.parley.media.Counter;
import dev.parley.media.HoldReason;
import dev.parley.media.Preference;
import dev.parley.media.TrackKind;
import dev.parley.protocol.rtcp.RtcpWriter;
import dev.parley.protocol.sdp.Outgoing;
import java.time.Duration;

/// One [PublishedTrack] forwarded to one [Member] (RFC 7667, section 3.7): one outgoing RtpStream
/// without a break, whatever happens to the layers it is made of, or in one of [HeldSections] to
/// the track itself. Confined to the loop of the room.
///
/// It is *open* while the client takes it and neither side holds it back. Then it *runs* from a
/// packet that a receiver may begin with: of the ring if that has one ([FastStart]), else the next
/// that comes. While it runs on one layer it may wait for another's key frame.
final class Subscription implements SenderSide {
  private static final long TURN = Duration.ofMillis(1).toNanos();
  private static final int PACKETS_A_TURN = 10;

  private final SfuKit kit;
  private final Member member;
  private final Outgoing outgoing;
  private final Outlet outlet;
  private final FastStart fastStart = new FastStart();
  private final Patience patience = new Patience();
  private final Timers.Alarm alarm = new Timers.Alarm(this::wake);
  private final Hold hold;
  private PublishedTrack track;
  private final Demand demand;
  private final Receipt receipt = new Receipt();
  private boolean paused;
  private boolean open;
  private boolean running;
  private boolean declined;
  private int spatial = Gate.ALL;
  private int temporal = Gate.ALL;
  private Layer layer;
  private Layer target;

  /// @param track what it begins with, or null for nothing yet
  Subscription(SfuKit kit, PublishedTrack track, Member member, Outgoing outgoing, long now) {
    this.kit = kit;
    this.track = track;
    this.member = member;
    this.outgoing = outgoing;
    demand = new Demand(this, kit.overload());
    outlet = new Outlet(kit, track, outgoing, now);
    hold = new Hold(kit, member, track);
  }

  /// Hot: a packet of one of the track's layers came.
  ///
  /// @param padding octets that may be put behind it
  void forward(Layer from, int slot, boolean begins, int padding, long now) {
    if (!open) {
      return;
    }
    if (from == layer && running) {
      if (fastStart.holds(from.ring().sequence(slot))) {
        return;
      }
      if (begins) {
        outlet.passKeyFrame(slot, padding, now);
      } else {
        outlet.pass(slot, padding, now);
      }
    } else if (from == target && (begins || !running && patience.over(from, slot, now))) {
      finish(now);
      begin(from, slot, now);
      overtaken(from.ring(), slot, now);
    }
  }

  /// What belongs behind the packet it began with, but came before it.
  private void overtaken(PacketRing ring, int slot, long now) {
    long last = Math.min(ring.highest(), ring.sequence(slot) + FastStart.PACKETS);
    for (long next = ring.sequence(slot) + 1; next <= last && running; next++) {
      int other = ring.find(next);
      if (other != PacketRing.NONE && ring.arrival(other) - ring.arrival(slot) < 0) {
        outlet.pass(other, 0, now);
      }
    }
  }

  private void begin(Layer from, int slot, long now) {
    if (outlet.begin(from, slot, spatial, temporal, now)) {
      layer = from;
      target = null;
      running = true;
      hold.flows(track);
    } else {
      fastStart.stop();
    }
  }

  /// The client takes it from now on, or by other numbers.
  void sending(Sender sender, long now) {
    sender.side(this);
    outlet.sender(sender);
    declined = false;
    reconsider(now);
  }

  /// The client does not take it any more.
  void stopped(long now) {
    outlet.sender(null);
    declined = true;
    reconsider(now);
  }

  /// The publisher's payload types or header extensions are others.
  void republished() {
    outlet.republished();
  }

  /// Goes on with another track, or waits for one where that is null: what was sent and what will
  /// be are one stream to the client.
  void track(PublishedTrack other, long now) {
    halt();
    layer = null;
    paused = false;
    hold.begin(other);
    demand.forget();
    track = other;
    outlet.track(other);
    reconsider(now);
  }

  /// Whether the client takes a track in its section.
  boolean takes(PublishedTrack other) {
    return outlet.takes(other);
  }

  /// The section it is sent in, or null while it is in none.
  String mid() {
    return outlet.mid();
  }

  void pause(boolean wanted, long now) {
    paused = wanted;
    reconsider(now);
  }

  /// What the client shows of it.
  void prefer(Preference other, long now) {
    demand.prefer(other);
    reconsider(now);
    choose(now);
  }

  /// Opens or closes it as all that counts for it says.
  void reconsider(long now) {
    boolean due = outlet.hasSender() && useful() && !track.muted();
    boolean wanted = due && !hold.aside() && !demand.heldBack();
    if (due && !wanted) {
      hold.tell(track);
    }
    if (track != null) {
      track.use(now);
    }
    if (competes()) {
      member.downlink().changed(now);
    }
    if (wanted == open) {
      return;
    }
    halt();
    open = wanted;
    if (open) {
      choose(now);
    }
  }

  /// Others are shown instead of it, or it is again.
  ///
  /// @param why or null: it is shown
  void aside(HoldReason why, long now) {
    if (hold.aside(why)) {
      reconsider(now);
    }
  }

  /// Others are louder: it goes on with the next packet that comes here, and without a gap.
  void rest() {
    if (running) {
      running = false;
      target = layer;
    }
  }

  /// What it has use for of what comes by now.
  Demand refreshed() {
    demand.refresh(track.ladder().rungs());
    return demand;
  }

  /// Whether it is to have a share of the receiver's bandwidth.
  boolean competes() {
    return wants() && track.kind() == TrackKind.VIDEO && outlet.hasSender() && !track.muted();
  }

  /// Octets sent so far, headers included.
  long carried() {
    return outlet.carried();
  }

  /// Whether the receiver has use for any of the track, as far as it has said.
  boolean useful() {
    return track != null && !paused && !declined && demand.preference().visible();
  }

  /// Whether the receiver has use for any of the track, and it is one of those that are shown.
  boolean wants() {
    return !hold.aside() && useful();
  }

  /// Breaks a fast start off behind a whole picture.
  private void finish(long now) {
    for (int slot = fastStart.rest(); slot != FastStart.NONE; slot = fastStart.rest()) {
      outlet.pass(slot, 0, now);
    }
    fastStart.stop();
  }

  private void halt() {
    if (running && outlet.hasSender()) {
      finish(kit.now());
    }
    open = false;
    running = false;
    target = null;
    fastStart.stop();
    kit.timers().cancel(alarm);
  }

  /// Looks again what of the track this receiver is to get.
  void choose(long now) {
    if (track == null) {
      return;
    }
    int before = demand.rungs();
    refreshed();
    if (!open) {
      return;
    }
    if (demand.isNew() && demand.rungs() > 0) {
      member.downlink().share(now);
    } else if (demand.rungs() != before) {
      member.downlink().changed(now);
    }
    Rung rung = demand.chosen();
    if (rung != null) {
      aim(rung.layer(), rung.spatial(), rung.temporal(), now);
    } else if (target == null && !running && !track.ladder().layers().isEmpty()) {
      // Nothing comes by now: what there was may come again.
      aim(track.ladder().layers().getLast(), Gate.ALL, Gate.ALL, now);
    }
  }

  private void aim(Layer at, int highestSpatial, int highestTemporal, long now) {
    spatial = highestSpatial;
    temporal = highestTemporal;
    if (at == layer && running) {
      target = null;
      outlet.limit(spatial, temporal, now);
      return;
    }
    if (at == target) {
      return;
    }
    target = at;
    patience.begin(now);
    if (track.kind() == TrackKind.AUDIO) {
      return;
    }
    if (running && !layer.live(now)) {
      finish(now);
    }
    if ((!running || !layer.live(now))
        && !at.beginning()
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
      outlet.pass(slot, 0, now);
    }
    return fastStart.running() ? Deadline.at(now + TURN) : Engine.NEVER;
  }

  /// A layer comes no more.
  void ended(Layer gone, long now) {
    if (gone == layer) {
      layer = null;
      running = false;
      fastStart.stop();
    }
    if (gone == target) {
      target = null;
    }
    choose(now);
  }

  /// It is over.
  void end() {
    halt();
    hold.end();
    outlet.sender(null);
  }

  @Override
  public void nack(int sequence, int following, long now) {
    if (open) {
      outlet.repair(sequence, following, now);
    }
  }

  @Override
  public void missing(int sequence, long leftAt, long now) {
    if (open) {
      outlet.replace(sequence, leftAt, now);
    }
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
      int fractionLost, int highestSequence, int jitter, long roundTrip, long now) {
    receipt.reported(fractionLost, highestSequence, jitter);
  }

  @Override
  public void dropped(long now) {
    if (open && running) {
      layer.ask(now);
    }
  }

  @Override
  public boolean report(RtcpWriter into, long wall, long now) {
    return outlet.report(into, wall, now);
  }

  /// Whether something of it is to be sent.
  boolean open() {
    return open;
  }

  Outgoing outgoing() {
    return outgoing;
  }

  /// How it stands by now, while it has a track.
  Standing standing() {
    return new Standing(
        track, demand, outlet, layer, target, spatial, temporal, hold.asideFor(), paused, running);
  }

  /// What its receiver has told.
  Receipt receipt() {
    return receipt;
  }

  /// What it has use for and has been granted.
  Demand demand() {
    return demand;
  }

  /// What it forwards, or null.
  PublishedTrack track() {
    return track;
  }

  Member member() {
    return member;
  }
}
