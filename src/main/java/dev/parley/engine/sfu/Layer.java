package dev.parley.engine.sfu;

import dev.parley.engine.Engine;
import dev.parley.engine.Timers;
import dev.parley.engine.peer.RtpSink;
import dev.parley.media.Counter;
import dev.parley.media.TrackKind;
import dev.parley.protocol.rtp.DependencyStructure;
import dev.parley.protocol.rtp.MediaCodec;
import dev.parley.protocol.rtp.PictureSizes;

/// One incoming RtpStream of a [PublishedTrack]: an encoding of a simulcast, or all there is.
/// Confined to the loop of the room.
///
/// Its packets stand in a [PacketRing] that all subscriptions send from. It knows where a receiver
/// may begin, asks for key frames on behalf of all, and what its timestamps mean.
public final class Layer implements RtpSink {
  private final SfuKit kit;
  private final PublishedTrack track;
  private final String rid;
  private final int ssrc;
  private final int number;
  private final boolean video;
  private final boolean carried;
  private final PacketRing ring;
  private final SourceClock clock;
  private final PacketFacts facts;
  private final KeyFrameRequests requests = new KeyFrameRequests();
  private final LayerMeter meter = new LayerMeter();
  private final Timers.Alarm alarm = new Timers.Alarm(this::wake);
  private MediaCodec codec;
  private int payloadType = -1;
  private boolean beginning;
  private boolean ended;
  private boolean newcomer;

  /// @param number names it among all layers the loop ever had
  /// @param clockRate ticks of the RTP clock a second
  Layer(SfuKit kit, PublishedTrack track, String rid, int ssrc, int number, int clockRate) {
    this.kit = kit;
    this.track = track;
    this.rid = rid;
    this.ssrc = ssrc;
    this.number = number;
    video = track.kind() == TrackKind.VIDEO;
    carried = track.carried();
    ring = video ? PacketRing.forVideo() : PacketRing.forAudio();
    facts = video ? new PacketFacts(ring) : null;
    clock = new SourceClock(track.publisher().clock(), clockRate);
  }

  @Override
  public byte[] octets() {
    return ring.octets(ring.reserve());
  }

  @Override
  public int at() {
    return ring.at(ring.reserve());
  }

  @Override
  public int room() {
    return ring.room();
  }

  @Override
  public boolean missing(int sequence) {
    return ring.missing(sequence);
  }

  @Override
  public void received(int length, boolean repaired, long now) {
    if (!carried) {
      kit.count(repaired ? Counter.SFU_REPAIRS_IN : Counter.SFU_PACKETS_IN);
      kit.count(Counter.SFU_OCTETS_IN, length);
    }
    int slot = ring.commit(length, now);
    if (slot < 0 || ended) {
      kit.count(Counter.SFU_DROPPED);
      return;
    }
    if (ring.payloadType(slot) != payloadType) {
      payloadType = ring.payloadType(slot);
      codec = track.mediaCodec(payloadType);
      track.carries(codec, now);
    }
    boolean begins = begins(slot, now);
    if (video) {
      look(length, slot, begins, now);
    } else {
      meter.received(length, 0, ring.timestamp(slot), now);
    }
    if (!track.muted()) {
      track.forward(this, slot, begins, now);
    }
  }

  /// Reads once what every subscription asks. What a key frame tells may change who wants this
  /// layer, from this very frame on.
  private void look(int length, int slot, boolean begins, long now) {
    facts.look(slot, codec, track.descriptorId());
    boolean back = begins && !live(now);
    meter.received(length, facts.facts(slot), ring.timestamp(slot), now);
    if (begins) {
      facts.keyFrame(slot, codec);
    }
    if (facts.resized() || back) {
      beginning = begins;
      track.relayer(now);
      beginning = false;
    }
  }

  /// Whether a receiver may begin with this packet.
  private boolean begins(int slot, long now) {
    if (codec == null || ring.payloadLength(slot) == 0) {
      return false;
    }
    if (!codec.keyFrame(ring.octets(slot), ring.payloadAt(slot), ring.payloadLength(slot))) {
      return false;
    }
    if (video) {
      ring.keyFrame(slot);
      requests.keyFrame(now);
      newcomer = false;
    }
    return true;
  }

  @Override
  public void senderReport(long ntp, int rtpTimestamp, long now) {
    clock.senderReport(ntp, rtpTimestamp, kit.wall(), now);
    track.legs().reported(this, now);
  }

  @Override
  public void lossGivenUp(long now) {
    ask(now);
  }

  @Override
  public void roundTrip(long nanoseconds) {
    requests.roundTrip(nanoseconds);
  }

  @Override
  public void ended() {
    if (!ended) {
      ended = true;
      kit.timers().cancel(alarm);
      track.ended(this, kit.now());
    }
  }

  /// A receiver needs a key frame, or loss has made one needed.
  public void ask(long now) {
    if (video && !ended) {
      requests.ask(now);
      request(now);
    }
  }

  /// Somebody waits for this layer's next key frame to begin with.
  public void askForNewcomer(long now) {
    if (video && !ended && !beginning) {
      newcomer = true;
      requests.askForNewcomer(now);
      request(now);
    }
  }

  private long wake(long now) {
    // Nobody watches: who does later asks again.
    return track.watched() ? request(now) : Engine.NEVER;
  }

  private long request(long now) {
    if (!track.muted() && requests.due(now)) {
      kit.count(Counter.SFU_KEY_FRAMES_ASKED);
      track.publisher().requestKeyFrame(this, newcomer, now);
    }
    long next = track.muted() ? Engine.NEVER : requests.deadline();
    if (next != Engine.NEVER) {
      kit.timers().noLaterThan(alarm, next);
    }
    return next;
  }

  /// What packets say of their pictures; null of audio.
  PacketFacts facts() {
    return facts;
  }

  PictureSizes sizes() {
    return facts.sizes();
  }

  /// The codec of its packets by now, or null.
  MediaCodec codec() {
    return codec;
  }

  /// Whether the packet at hand begins a key frame: who wants this layer gets it in a moment.
  boolean beginning() {
    return beginning;
  }

  /// Whether packets came of late.
  boolean live(long now) {
    return meter.heard() && meter.live(now, now);
  }

  /// Spatial layers that come by now, 1 at least.
  int spatialLayers() {
    DependencyStructure structure = facts.structure();
    int layers = structure == null ? meter.spatialLayers() : 1;
    for (int i = 0; structure != null && i < structure.targets(); i++) {
      if ((facts.activeTargets() & 1 << i) != 0) {
        layers = Math.max(layers, structure.targetSpatial(i) + 1);
      }
    }
    return layers;
  }

  /// Temporal layers that come by now, 1 at least.
  int temporalLayers() {
    DependencyStructure structure = facts.structure();
    int layers = structure == null ? meter.temporalLayers() : 1;
    for (int i = 0; structure != null && i < structure.targets(); i++) {
      layers = Math.max(layers, structure.targetTemporal(i) + 1);
    }
    return layers;
  }

  /// Payload types mean something else from now on.
  void republished() {
    payloadType = -1;
  }

  public PacketRing ring() {
    return ring;
  }

  public SourceClock clock() {
    return clock;
  }

  /// Key frames asked of the publisher so far.
  long keyFramesAsked() {
    return requests.sent();
  }

  LayerMeter meter() {
    return meter;
  }

  /// The name of the encoding, or null.
  public String rid() {
    return rid;
  }

  public int ssrc() {
    return ssrc;
  }

  /// Names it among all layers the loop ever had.
  public int number() {
    return number;
  }
}
