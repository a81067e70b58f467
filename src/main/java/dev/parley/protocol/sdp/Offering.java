package dev.parley.protocol.sdp;

import java.util.ArrayList;
import java.util.List;

/// Makes the sections of the server's offers; numbers are taken from, and noted in, those of the
/// bundle.
record Offering(Capabilities capabilities, Numbering payloadTypes, Numbering extensionIds) {
  private static final String PROTOCOL = "UDP/TLS/RTP/SAVPF";

  /// A section that the server adds for a track.
  Section added(int index, String mid, Outgoing outgoing) {
    Section bare =
        new Section(
            index,
            outgoing.kind() == Kind.AUDIO ? "audio" : "video",
            mid,
            PROTOCOL,
            List.of("0"),
            true,
            null,
            Direction.INACTIVE,
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            true,
            outgoing);
    return again(bare);
  }

  /// A section for data channels that the server adds (RFC 8841, section 4).
  static Section data(int index, String mid) {
    return new Section(
        index,
        "application",
        mid,
        "UDP/DTLS/SCTP",
        List.of("webrtc-datachannel"),
        true,
        null,
        Direction.SENDRECV,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        false,
        null);
  }

  /// A section that stands, offered again: as it was where the client publishes in it or nothing is
  /// sent, else with what its track may be sent with.
  Section again(Section section) {
    Outgoing outgoing = section.outgoing();
    if (!section.open() || !section.kind().rtp() || section.receiving() || outgoing == null) {
      return section;
    }
    List<Codec> codecs =
        new Selection(capabilities.codecs(section.kind())).offered(outgoing, payloadTypes);
    return section.with(codecs.isEmpty() ? section.codecs() : codecs, extensions(section.kind()));
  }

  private List<ExtensionMap> extensions(Kind kind) {
    List<ExtensionMap> maps = new ArrayList<>();
    for (HeaderExtension extension : capabilities.extensions()) {
      if (extension.in(kind) && extension.offered()) {
        int id = extensionIds.number(extension.uri(), 1, 1, 14);
        if (id > 0 && id <= 14) {
          maps.add(new ExtensionMap(id, extension.uri()));
        }
      }
    }
    return maps;
  }
}
