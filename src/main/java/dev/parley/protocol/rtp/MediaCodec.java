package dev.parley.protocol.rtp;

import java.util.Optional;

/// The registry of payload formats Parley passes on: names and clocks as `a=rtpmap` has them.
///
/// Payloads are opaque but for what a forwarder must know: where a receiver may begin.
public enum MediaCodec {
  /// RFC 7587.
  OPUS("opus", Kind.AUDIO, 48000, 2),
  /// RFC 2198 around Opus, as browsers offer it.
  RED("red", Kind.AUDIO, 48000, 2),
  /// RFC 3551 section 4.5.14.
  PCMU("PCMU", Kind.AUDIO, 8000, 1),
  PCMA("PCMA", Kind.AUDIO, 8000, 1),
  /// 16 kHz with a clock of 8 kHz (RFC 3551 section 4.5.2).
  G722("G722", Kind.AUDIO, 8000, 1),
  /// RFC 3389 comfort noise.
  CN("CN", Kind.AUDIO, 8000, 1),
  /// RFC 4733 DTMF beside Opus; its twin of 8 kHz goes with the codecs of RFC 3551.
  TELEPHONE_EVENT_48000("telephone-event", Kind.AUDIO, 48000, 1),
  TELEPHONE_EVENT("telephone-event", Kind.AUDIO, 8000, 1),
  /// RFC 7741.
  VP8("VP8", Kind.VIDEO, 90000, 1),
  /// RFC 9628.
  VP9("VP9", Kind.VIDEO, 90000, 1),
  /// RFC 6184.
  H264("H264", Kind.VIDEO, 90000, 1),
  /// RFC 7798.
  H265("H265", Kind.VIDEO, 90000, 1),
  AV1("AV1", Kind.VIDEO, 90000, 1),
  /// RFC 4588: retransmissions of a video codec.
  RTX("rtx", Kind.VIDEO, 90000, 1);

  /// What a codec encodes: the media type of its m-section.
  public enum Kind {
    AUDIO,
    VIDEO
  }

  private final String encodingName;
  private final Kind kind;
  private final int clockRate;
  private final int channels;

  MediaCodec(String encodingName, Kind kind, int clockRate, int channels) {
    this.encodingName = encodingName;
    this.kind = kind;
    this.clockRate = clockRate;
    this.channels = channels;
  }

  public String encodingName() {
    return encodingName;
  }

  public Kind kind() {
    return kind;
  }

  /// Units of the RTP timestamp in a second.
  public int clockRate() {
    return clockRate;
  }

  /// Channels as `a=rtpmap` tells them, 1 where it tells none; of video always 1.
  public int channels() {
    return channels;
  }

  /// The row of an `a=rtpmap`; names are compared without case (RFC 4855 section 3).
  public static Optional<MediaCodec> of(String encodingName, int clockRate, int channels) {
    for (MediaCodec codec : values()) {
      if (codec.encodingName.equalsIgnoreCase(encodingName)
          && codec.clockRate == clockRate
          && codec.channels == channels) {
        return Optional.of(codec);
      }
    }
    return Optional.empty();
  }

  /// Whether payloads carry picture numbers that a forwarder rewrites when it switches sources.
  public boolean countsPictures() {
    return this == VP8 || this == VP9;
  }

  /// Whether a receiver may begin with this payload: a key frame begins in it, or it is audio,
  /// where every packet will do. Never true of retransmissions, whose payload is wrapped.
  public boolean keyFrame(byte[] octets, int payloadAt, int payloadLength) {
    return switch (this) {
      case VP8 -> Vp8Descriptor.keyFrame(octets, payloadAt, payloadLength);
      case VP9 -> Vp9Descriptor.keyFrame(octets, payloadAt, payloadLength);
      case H264 -> H264Payload.keyFrame(octets, payloadAt, payloadLength);
      case H265 -> H265Payload.keyFrame(octets, payloadAt, payloadLength);
      case AV1 -> Av1Payload.keyFrame(octets, payloadAt, payloadLength);
      case RTX -> false;
      case OPUS, RED, PCMU, PCMA, G722, CN, TELEPHONE_EVENT_48000, TELEPHONE_EVENT -> true;
    };
  }
}
