package dev.parley.engine.peer;

import dev.parley.engine.Engine;
import dev.parley.media.TrackKind;
import dev.parley.protocol.rtp.RtpPacket;
import dev.parley.protocol.rtp.Unwrapper;
import dev.parley.protocol.sdp.Codec;
import java.util.Objects;

/// One SSRC of the client's (RFC 7656, section 2.1.10): media for a sink, retransmissions of
/// another one's, or what nobody wants. Confined to the peer's loop.
final class IncomingStream {
  private final int ssrc;
  private final Published published;
  private final String rid;
  private final RtpSink sink;
  private final IncomingStream primary;
  private final RtxUnwrapper unwrapper;
  private final NackGenerator nack;
  private final ReceptionStatistics statistics;
  private final Unwrapper sequences = Unwrapper.ofSequences();
  private long reported;
  private boolean left;

  private IncomingStream(
      int ssrc,
      Published published,
      String rid,
      Codec codec,
      RtpSink sink,
      IncomingStream primary,
      NackGenerator nack) {
    this.ssrc = ssrc;
    this.published = published;
    this.rid = rid;
    this.sink = sink;
    this.primary = primary;
    this.nack = nack;
    this.unwrapper = primary == null ? null : new RtxUnwrapper(primary.ssrc);
    this.statistics = new ReceptionStatistics(codec.clock());
    if (unwrapper != null) {
      published.associate(unwrapper);
    }
  }

  /// Media.
  ///
  /// @param sink null where nobody wants it
  static IncomingStream media(
      int ssrc, Published published, String rid, Codec codec, RtpSink sink) {
    boolean video = published.publication().kind() == TrackKind.VIDEO;
    NackGenerator nack = null;
    if (sink != null && codec.feedback().contains("nack")) {
      nack = video ? NackGenerator.forVideo() : NackGenerator.forAudio();
    }
    return new IncomingStream(ssrc, published, rid, codec, sink, null, nack);
  }

  /// Retransmissions of another stream.
  static IncomingStream repair(int ssrc, IncomingStream primary, Codec codec) {
    return new IncomingStream(ssrc, primary.published, primary.rid, codec, null, primary, null);
  }

  int ssrc() {
    return ssrc;
  }

  Published published() {
    return published;
  }

  /// Where its packets go, or null.
  RtpSink sink() {
    return sink;
  }

  /// The stream it repairs, or null.
  IncomingStream primary() {
    return primary;
  }

  ReceptionStatistics statistics() {
    return statistics;
  }

  /// What asks for its lost packets, or null.
  NackGenerator nack() {
    return nack;
  }

  /// Whether this is the stream that a layer's retransmissions belong to.
  boolean isMediaOf(Published other, String layer) {
    return published == other && primary == null && sink != null && Objects.equals(rid, layer);
  }

  /// The section goes on with other payload types.
  void changed() {
    if (unwrapper != null) {
      published.associate(unwrapper);
    }
  }

  /// An authentic packet stands in the sink; hot.
  void received(byte[] octets, int at, int length, int payload, long now) {
    int sequence = RtpPacket.sequence(octets, at);
    statistics.received(sequence, RtpPacket.timestamp(octets, at), now);
    long extended = sequences.unwrap(sequence);
    if (nack != null) {
      nack.received(extended, now);
      if (nack.missing() > 0) {
        skipOlder(octets, at, length, payload, extended);
      }
    }
    sink.received(length, false, now);
    if (nack != null && nack.keyFrameWanted()) {
      sink.lossGivenUp(now);
    }
  }

  /// What is older than a key frame need not come any more.
  private void skipOlder(byte[] octets, int at, int length, int payload, long extended) {
    int header = RtpPacket.headerLength(octets, at, length);
    if (published.keyFrame(RtpPacket.payloadType(octets, at), octets, at + header, payload)) {
      nack.keyFrame(extended);
    }
  }

  /// An authentic retransmission stands in a scratch buffer, which is this call's: hands the
  /// original to the stream it repairs. False where that has no use for it.
  boolean repaired(byte[] octets, int length, long now) {
    statistics.received(RtpPacket.sequence(octets, 0), RtpPacket.timestamp(octets, 0), now);
    int original = unwrapper.unwrap(octets, 0, length);
    if (original == RtxUnwrapper.NONE) {
      // Padding alone: a probe.
      return RtpPacket.payloadLength(octets, 0, length) == 0;
    }
    int sequence = RtpPacket.sequence(octets, 0);
    RtpSink into = primary.sink;
    if (primary.left
        || !published.media(RtpPacket.payloadType(octets, 0))
        || original > into.room()
        || !into.missing(sequence)) {
      return false;
    }
    System.arraycopy(octets, 0, into.octets(), into.at(), original);
    if (primary.nack != null) {
      primary.nack.received(primary.sequences.peek(sequence), now);
    }
    into.received(original, true, now);
    return true;
  }

  /// Whether anything came since this was asked last: what a report speaks of (RFC 3550, section
  /// 6.4).
  boolean heardSinceReport() {
    long packets = statistics.packets();
    boolean heard = packets != reported;
    reported = packets;
    return heard;
  }

  long deadline() {
    return nack == null ? Engine.NEVER : nack.deadline();
  }

  /// It said BYE, or its section ended.
  void end() {
    if (!left) {
      left = true;
      if (sink != null) {
        sink.ended();
      }
    }
  }

  /// Whether it said BYE and this packet is one that overtook nothing: the stream has begun again.
  boolean begunAgain(int sequence) {
    return left && (short) (sequence - (int) sequences.highest()) > 0;
  }

  boolean left() {
    return left;
  }
}
