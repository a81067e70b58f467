package dev.parley.engine.peer;

import dev.parley.media.TrackKind;
import dev.parley.protocol.rtp.MediaCodec;
import dev.parley.protocol.sdp.Codec;
import dev.parley.protocol.sdp.Section;

/// A section in which the client publishes: a track, seen from the peer.
///
/// @param mid names it for the life of the peer
/// @param source what the client says it is
/// @param muted whether it began muted
/// @param encrypted whether the client says that it is encrypted from end to end
/// @param section what was agreed on: codecs, layers, header extensions
/// @param track id that the client would have for it, or null
public record Publication(
    String mid,
    TrackKind kind,
    String source,
    boolean muted,
    boolean encrypted,
    Section section,
    String track) {
  private static final int PAYLOAD_TYPES = 128;

  /// One that the server could understand.
  public Publication(String mid, TrackKind kind, String source, boolean muted, Section section) {
    this(mid, kind, source, muted, false, section, null);
  }

  /// What packets of each payload type hold, for a hot path to look up; null for what Parley need
  /// not look into.
  public MediaCodec[] formats() {
    MediaCodec[] formats = new MediaCodec[PAYLOAD_TYPES];
    for (Codec codec : section.codecs()) {
      formats[codec.payloadType()] =
          MediaCodec.of(codec.name(), codec.clock(), codec.channels()).orElse(null);
    }
    return formats;
  }
}
