package dev.parley.engine.sfu;

import dev.parley.engine.Engine;
import dev.parley.engine.Timers;
import dev.parley.engine.peer.RtpSink;
import dev.parley.media.Counter;
import dev.parley.media.TrackKind;
import dev.parley.protocol.rtp.MediaCodec;
import dev.parley.protocol.rtp.Vp8Descriptor;
import dev.parley.protocol.rtp.Vp9Descriptor;

/// One incoming RtpStream of a [PublishedTrack]: an encoding of a simulcast, or all there is.
/// Confined to the loop of the room.
///
/// Its packets stand in a [PacketRing] that all subscriptions send from. It knows where a receiver
/// may begin, asks for key frames on behalf of all, and what its timestamps mean.
final class Layer implements RtpSink {
  private final SfuKit kit;
  private final PublishedTrack track;
  private final String rid;
  private final int ssrc;
  private final int number;
  private final boolean video;
  private final PacketRing ring;
  private final SourceClock clock;
  // By slot of the ring.
  private final int[] pictures;
  private final int[] tl0s;
  private final KeyFrameRequests requests = new KeyFrameRequests();
  private final LayerMeter meter = new LayerMeter();
  private final Timers.Alarm alarm = new Timers.Alarm(this::wake);
  private MediaCodec codec;
  private int payloadType = -1;
  private boolean ended;

  /// @param number names it among all layers the loop ever had
  /// @param clockRate ticks of the RTP clock a second
  Layer(SfuKit kit, PublishedTrack track, String rid, int ssrc, int number, int clockRate) {
    this.kit = kit;
    this.track = track;
    this.rid = rid;
    this.ssrc = ssrc;
    this.number = number;
    video = track.kind() == TrackKind.VIDEO;
    ring = video ? PacketRing.forVideo() : PacketRing.forAudio();
    pictures = new int[video ? ring.capacity() : 0];
    tl0s = new int[pictures.length];
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
    kit.count(repaired ? Counter.SFU_REPAIRS_IN : Counter.SFU_PACKETS_IN);
    kit.count(Counter.SFU_OCTETS_IN, length);
    int slot = ring.commit(length, now);
    if (slot < 0 || ended) {
      kit.count(Counter.SFU_DROPPED);
      return;
    }
    meter.received(length);
    if (ring.payloadType(slot) != payloadType) {
      payloadType = ring.payloadType(slot);
      codec = track.mediaCodec(payloadType);
      track.carries(codec, now);
    }
    if (video) {
      look(slot);
    }
    boolean begins = begins(slot, now);
    if (!track.muted()) {
      track.forward(this, slot, begins, now);
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
    }
    return true;
  }

  @Override
  public void senderReport(long ntp, int rtpTimestamp, long now) {
    clock.senderReport(ntp, rtpTimestamp, kit.wall(), now);
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
  void ask(long now) {
    if (video && !ended) {
      requests.ask(now);
      request(now);
    }
  }

  /// Somebody waits for this layer's next key frame to begin with.
  void askForNewcomer(long now) {
    if (video && !ended) {
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
      track.publisher().requestKeyFrame(this, now);
    }
    long next = track.muted() ? Engine.NEVER : requests.deadline();
    if (next != Engine.NEVER) {
      kit.timers().noLaterThan(alarm, next);
    }
    return next;
  }

  /// The picture id of a slot's packet, or [Rewriter#NONE].
  int picture(int slot) {
    return video ? pictures[slot] : Rewriter.NONE;
  }

  /// The TL0PICIDX of a slot's packet, or [Rewriter#NONE].
  int tl0(int slot) {
    return video ? tl0s[slot] : Rewriter.NONE;
  }

  /// Reads once what every subscription asks.
  private void look(int slot) {
    int picture = Rewriter.NONE;
    int tl0 = Rewriter.NONE;
    if (codec != null && codec.countsPictures()) {
      byte[] octets = ring.octets(slot);
      int at = ring.payloadAt(slot);
      int length = ring.payloadLength(slot);
      if (codec == MediaCodec.VP8 && Vp8Descriptor.length(octets, at, length) > 0) {
        picture = Vp8Descriptor.pictureId(octets, at);
        tl0 = Vp8Descriptor.tl0PicIdx(octets, at);
      } else if (codec == MediaCodec.VP9 && Vp9Descriptor.length(octets, at, length) > 0) {
        picture = Vp9Descriptor.pictureId(octets, at);
        tl0 = Vp9Descriptor.tl0PicIdx(octets, at);
      }
    }
    pictures[slot] = picture;
    tl0s[slot] = tl0;
  }

  /// Payload types mean something else from now on.
  void republished() {
    payloadType = -1;
  }

  PacketRing ring() {
    return ring;
  }

  SourceClock clock() {
    return clock;
  }

  LayerMeter meter() {
    return meter;
  }

  String rid() {
    return rid;
  }

  int ssrc() {
    return ssrc;
  }

  int number() {
    return number;
  }
}
