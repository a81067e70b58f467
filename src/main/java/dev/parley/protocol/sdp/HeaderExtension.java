package dev.parley.protocol.sdp;

/// An RTP header extension that the server reads, writes or passes on.
///
/// @param audio whether it has a use in audio sections
/// @param video ... in video sections
/// @param offered whether the server's own offers have it: those about encodings have no use there,
///   a subscription is one stream
/// @param below the URI of one that says the same better: where a client offers both, only that one
///   is taken; null for none
public record HeaderExtension(
    String uri, boolean audio, boolean video, boolean offered, String below) {
  public HeaderExtension(String uri, boolean audio, boolean video, boolean offered) {
    this(uri, audio, video, offered, null);
  }

  boolean in(Kind kind) {
    return kind == Kind.AUDIO && audio || kind == Kind.VIDEO && video;
  }
}
