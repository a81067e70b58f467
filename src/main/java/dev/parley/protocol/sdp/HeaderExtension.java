package dev.parley.protocol.sdp;

/// An RTP header extension that the server reads, writes or passes on.
///
/// @param audio whether it has a use in audio sections
/// @param video ... in video sections
/// @param offered whether the server's own offers have it: those about encodings have no use there,
///   a subscription is one stream
public record HeaderExtension(String uri, boolean audio, boolean video, boolean offered) {
  boolean in(Kind kind) {
    return kind == Kind.AUDIO && audio || kind == Kind.VIDEO && video;
  }
}
