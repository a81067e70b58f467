package dev.parley.protocol.sdp;

import dev.parley.protocol.sdp.Attribute.Msid;
import java.util.List;

/// One section as both ends agreed on it: a value, a new one after every exchange.
///
/// @param index place among the sections, which never changes
/// @param media as the `m=` line has it
/// @param mid the section's name
/// @param protocol as the `m=` line has it
/// @param formats as the client's or the server's `m=` line has them, for a closed section's answer
/// @param ours whether the server added it
/// @param closed why it carries nothing and is out of the bundle, null for an open one
/// @param client which way the client would have media flow, seen from the client
/// @param codecs agreed on, the client's favourite first, with RTX and RED among them; payload
///   types are the offerer's
/// @param extensions agreed on, seen from the server
/// @param rids the encodings the client sends, at most three, in its order
/// @param sources what the client announces to send from
/// @param msids the client's stream and track
/// @param reduced whether reduced-size RTCP may be sent (RFC 5506)
/// @param outgoing what the server sends, or would if the client received; null for nothing
public record Section(
    int index,
    String media,
    String mid,
    String protocol,
    List<String> formats,
    boolean ours,
    Closed closed,
    Direction client,
    List<Codec> codecs,
    List<ExtensionMap> extensions,
    List<String> rids,
    List<Source> sources,
    List<Msid> msids,
    boolean reduced,
    Outgoing outgoing) {
  /// Why a section is closed.
  public enum Closed {
    /// The client stopped or rejected it.
    STOPPED,
    /// Not in the bundle: the server has one transport only.
    OUTSIDE_BUNDLE,
    /// RTCP on a port of its own.
    NO_RTCP_MUX,
    /// Not SRTP keyed by DTLS, not SCTP over DTLS.
    PROTOCOL,
    /// Neither audio nor video nor data channels.
    MEDIA,
    /// No codec in common.
    NO_CODEC,
    /// Data channels are not taken.
    NO_DATA
  }

  public Section {
    formats = List.copyOf(formats);
    codecs = List.copyOf(codecs);
    extensions = List.copyOf(extensions);
    rids = List.copyOf(rids);
    sources = List.copyOf(sources);
    msids = List.copyOf(msids);
  }

  public Kind kind() {
    return Kind.of(media);
  }

  public boolean open() {
    return closed == null;
  }

  /// Whether the client publishes here.
  public boolean receiving() {
    return open() && kind().rtp() && client.sends();
  }

  /// Whether the outgoing track may be sent.
  public boolean sending() {
    return open() && outgoing != null && client.receives() && !codecs.isEmpty();
  }

  /// The codec of a payload type, or null.
  public Codec codec(int payloadType) {
    for (Codec codec : codecs) {
      if (codec.payloadType() == payloadType) {
        return codec;
      }
    }
    return null;
  }

  /// The codec agreed on that is the same as another section's, or null: the payload type to send
  /// what came in there with.
  public Codec same(Codec elsewhere) {
    return Selection.match(elsewhere, codecs);
  }

  /// The payload type of a codec's retransmissions, or -1 (RFC 4588).
  public int retransmission(int payloadType) {
    for (Codec codec : codecs) {
      if (codec.retransmission() && codec.associated() == payloadType) {
        return codec.payloadType();
      }
    }
    return -1;
  }

  /// The id of a header extension that the server may write where `sent`, may read where not, or 0.
  public int extension(String uri, boolean sent) {
    for (ExtensionMap map : extensions) {
      boolean used = sent ? map.direction().sends() : map.direction().receives();
      if (used && map.uri().equals(uri)) {
        return map.id();
      }
    }
    return 0;
  }

  Section with(Outgoing other) {
    return with(codecs, extensions, other);
  }

  Section with(List<Codec> otherCodecs, List<ExtensionMap> otherExtensions) {
    return with(otherCodecs, otherExtensions, outgoing);
  }

  private Section with(
      List<Codec> otherCodecs, List<ExtensionMap> otherExtensions, Outgoing otherOutgoing) {
    return new Section(
        index,
        media,
        mid,
        protocol,
        formats,
        ours,
        closed,
        client,
        otherCodecs,
        otherExtensions,
        rids,
        sources,
        msids,
        reduced,
        otherOutgoing);
  }

  /// The same, closed: it keeps its place and its name and nothing else.
  Section closed(Closed why) {
    return new Section(
        index,
        media,
        mid,
        protocol,
        formats,
        ours,
        why,
        Direction.INACTIVE,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        false,
        null);
  }
}
