package dev.parley.engine.cascade;

import dev.parley.engine.sfu.FastStart;
import dev.parley.engine.sfu.Layer;
import dev.parley.engine.sfu.Leg;
import dev.parley.engine.sfu.PacketRing;
import dev.parley.engine.sfu.PublishedTrack;
import dev.parley.media.Counter;
import dev.parley.protocol.rtcp.NtpTime;
import dev.parley.protocol.rtp.RtpPacket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// One track on its way to one other branch: what that wants of its layers, as it comes. Confined
/// to the loop.
///
/// A layer begins with what the ring has from its last key frame on, so that those who wait over
/// there see something at once and the publisher is asked for nothing.
final class CarryingLeg implements Leg {
  /// Packets to begin with at most: several tracks begin together when a branch does, and a
  /// crossing takes only so much at once.
  private static final int BEGINNING = 128;

  /// Who asked so soon behind a key frame had not seen it yet.
  private static final long CROSSING = Duration.ofMillis(100).toNanos();

  private final Cascade cascade;
  private final String room;
  private final PublishedTrack track;
  private final int loop;
  private final FastStart start = new FastStart();
  private final List<Way> ways = new ArrayList<>(3);
  private Note.Want want;

  /// One layer that is carried.
  private static final class Way {
    final Layer layer;
    final Label label;
    final long begun;
    long through = PacketRing.NONE;
    boolean keyFrame;
    long keyFrameAt;

    Way(Layer layer, Label label, long begun) {
      this.layer = layer;
      this.label = label;
      this.begun = begun;
    }

    void keyFrame(long now) {
      keyFrame = true;
      keyFrameAt = now;
    }

    /// Whether a packet was among those it began with.
    boolean had(int slot) {
      PacketRing ring = layer.ring();
      return ring.sequence(slot) <= through && ring.arrival(slot) - begun <= 0;
    }
  }

  CarryingLeg(Cascade cascade, String room, PublishedTrack track, int loop) {
    this.cascade = cascade;
    this.room = room;
    this.track = track;
    this.loop = loop;
  }

  /// What that branch has use for from now on.
  void wanted(Note.Want note, long now) {
    boolean moved = want != null && (want.place() != note.place() || want.stamp() != note.stamp());
    want = note;
    ways.removeIf(way -> moved || !wants(way.layer));
    track.layers().stream()
        .filter(layer -> wants(layer) && way(layer) == null)
        .forEach(layer -> begin(layer, now));
  }

  private boolean wants(Layer layer) {
    return want.rids().isEmpty() || want.rids().contains(layer.rid());
  }

  private Way way(Layer layer) {
    for (int i = 0; i < ways.size(); i++) {
      if (ways.get(i).layer == layer) {
        return ways.get(i);
      }
    }
    return null;
  }

  private Way begin(Layer layer, long now) {
    Label label = new Label(want.place(), want.stamp(), layer.number(), layer.rid(), layer.ssrc());
    Way way = new Way(layer, label, now);
    ways.add(way);
    if (!track.muted() && start.begin(layer.ring(), FastStart.OLDEST.toNanos(), BEGINNING, now)) {
      way.keyFrame(now);
      way.through = layer.ring().highest();
      for (int slot = start.next(); slot != FastStart.NONE; slot = start.next()) {
        way.keyFrame &= carry(way, slot);
      }
    }
    reported(layer, now);
    return way;
  }

  @Override
  public void forward(Layer layer, int slot, boolean begins, long now) {
    Way way = way(layer);
    if (way == null) {
      if (!wants(layer)) {
        return;
      }
      way = begin(layer, now);
    }
    if (!way.had(slot) && carry(way, slot) && begins) {
      way.keyFrame(now);
    }
  }

  /// Without padding: nobody over there would know its length.
  private boolean carry(Way way, int slot) {
    PacketRing ring = way.layer.ring();
    byte[] octets = ring.octets(slot);
    int at = ring.at(slot);
    RtpPacket.putPadding(octets, at, false);
    cascade.tally().count(Counter.SFU_CARRIED_OUT);
    return cascade
        .crossing()
        .carry(loop, way.label, octets, at, ring.headerLength(slot) + ring.payloadLength(slot));
  }

  /// Somebody over there needs a key frame.
  void keyFrameWanted(Note.KeyFrameWanted note, long now) {
    Layer layer = track.layer(note.layer());
    Way way = layer == null ? null : way(layer);
    if (way == null || way.keyFrame && now - way.keyFrameAt < CROSSING) {
      return;
    }
    if (note.newcomer()) {
      layer.askForNewcomer(now);
    } else {
      layer.ask(now);
    }
  }

  @Override
  public void reported(Layer layer, long now) {
    if (layer.clock().known() && way(layer) != null) {
      long ntp = NtpTime.of(layer.clock().wall(now));
      int timestamp = layer.clock().timestamp(now);
      tell(new Note.Reported(room, track.id(), layer.number(), ntp, timestamp));
    }
  }

  @Override
  public void ended(Layer layer) {
    if (ways.removeIf(way -> way.layer == layer)) {
      tell(new Note.LayerEnded(room, track.id(), layer.number()));
    }
  }

  private void tell(Note note) {
    cascade.crossing().tell(loop, note);
  }

  @Override
  public List<String> wanted() {
    return want.rids();
  }
}
