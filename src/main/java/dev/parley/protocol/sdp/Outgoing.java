package dev.parley.protocol.sdp;

import java.util.List;

/// A track that the server wants to send to the client: one section's worth.
///
/// @param id the caller's name for it; the same id in the same negotiation is the same subscription
/// @param stream MediaStream id for `a=msid`, `-` for none
/// @param track track id for `a=msid`
/// @param cname what synchronises it with others (RFC 8866, RFC 3550 section 6.5.1)
/// @param ssrc the source it is sent with
/// @param repair the source of its retransmissions, or [Source#NONE]
/// @param codecs what it may be sent with, by name and parameters, best first; empty for all there
///   are
public record Outgoing(
    String id,
    Kind kind,
    String stream,
    String track,
    String cname,
    long ssrc,
    long repair,
    List<Codec> codecs) {
  public Outgoing {
    codecs = List.copyOf(codecs);
    if (!kind.rtp() || !Text.isToken(stream, 256) || !Text.isToken(track, 256)) {
      throw new IllegalArgumentException("not a track: " + kind);
    }
    if (!Text.isToken(cname, 256)) {
      throw new IllegalArgumentException("not a CNAME");
    }
  }
}
