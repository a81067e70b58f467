package dev.parley.engine.peer;

import dev.parley.protocol.rtp.MediaCodec;
import dev.parley.protocol.sdp.Codec;
import java.util.Arrays;

/// A section in which the client publishes, as packets are judged by it. Confined to the peer's
/// loop.
final class Published {
  private static final byte MEDIA = 1;
  private static final byte REPAIR = 2;

  private final byte[] kinds = new byte[128];
  private MediaCodec[] formats;
  private Publication publication;

  Published(Publication publication) {
    become(publication);
  }

  /// Goes on with other codecs or layers.
  void become(Publication other) {
    publication = other;
    formats = other.formats();
    Arrays.fill(kinds, (byte) 0);
    for (Codec codec : other.section().codecs()) {
      kinds[codec.payloadType()] = codec.retransmission() ? REPAIR : MEDIA;
    }
  }

  Publication publication() {
    return publication;
  }

  String mid() {
    return publication.mid();
  }

  /// Whether packets of this payload type are media here; hot.
  boolean media(int payloadType) {
    return kinds[payloadType] == MEDIA;
  }

  /// Whether packets of this payload type are retransmissions here.
  boolean repair(int payloadType) {
    return kinds[payloadType] == REPAIR;
  }

  boolean layered() {
    return !publication.section().rids().isEmpty();
  }

  /// Whether a key frame begins in this payload.
  boolean keyFrame(int payloadType, byte[] octets, int at, int length) {
    MediaCodec format = formats[payloadType];
    return format != null
        && format.kind() == MediaCodec.Kind.VIDEO
        && format.keyFrame(octets, at, length);
  }

  /// Tells an unwrapper which payload type repairs which.
  void associate(RtxUnwrapper unwrapper) {
    for (Codec codec : publication.section().codecs()) {
      if (codec.retransmission() && codec.associated() >= 0) {
        unwrapper.associate(codec.payloadType(), codec.associated());
      }
    }
  }
}
