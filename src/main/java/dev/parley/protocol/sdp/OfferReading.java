package dev.parley.protocol.sdp;

import dev.parley.protocol.sdp.NegotiationRefused.Reason;
import dev.parley.protocol.sdp.Section.Closed;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads a client's offer against what stands: which sections are taken, with what (RFC 9429,
/// section 5.3).
///
/// Made for one offer.
final class OfferReading {
  /// Encodings of one track at most: what every browser sends, and what a router's layers are.
  private static final int MOST_RIDS = 3;

  /// Header extension ids of one octet (RFC 8285, section 4.2), and of two.
  private static final int LONGEST_ID = 255;

  /// One reason to close a section; the first that holds does.
  private interface Check {
    boolean fails(MediaSection section);
  }

  private record Step(Closed closed, Check check) {}

  private final Capabilities capabilities;
  private final SessionDescription offer;
  private final MediaSection tagged;
  private final Numbering payloadTypes;
  private final Numbering extensionIds;
  private final Set<String> bundle;
  private final List<List<Codec>> codecs = new ArrayList<>();
  private final List<Map<Integer, String>> meanings = new ArrayList<>();
  private final Selection audio;
  private final Selection video;
  private final List<Step> steps =
      List.of(
          new Step(Closed.STOPPED, MediaSection::stopped),
          new Step(Closed.OUTSIDE_BUNDLE, this::outside),
          new Step(Closed.MEDIA, section -> kind(section) == Kind.OTHER),
          new Step(Closed.PROTOCOL, section -> !secured(section)),
          new Step(Closed.NO_RTCP_MUX, section -> kind(section).rtp() && !muxed(section)),
          new Step(Closed.NO_DATA, this::unwantedData));

  OfferReading(
      Capabilities capabilities,
      SessionDescription offer,
      Numbering payloadTypes,
      Numbering extensionIds) {
    this.capabilities = capabilities;
    this.offer = offer;
    this.tagged = TransportReading.tagged(offer);
    this.payloadTypes = payloadTypes;
    this.extensionIds = extensionIds;
    this.bundle = new HashSet<>(offer.bundle());
    this.audio = new Selection(capabilities.audio());
    this.video = new Selection(capabilities.video());
  }

  MediaSection tagged() {
    return tagged;
  }

  /// The sections as they are after this offer, those that stood first and in their order.
  List<Section> sections(List<Section> standing) throws NegotiationRefused {
    List<MediaSection> offered = offer.sections();
    NegotiationRefused.unless(offered.size() >= standing.size(), Reason.SECTIONS);
    Set<String> mids = new HashSet<>();
    for (MediaSection section : offered) {
      NegotiationRefused.unless(section.mid() != null && mids.add(section.mid()), Reason.MID);
    }
    learn(offered);
    List<Section> sections = new ArrayList<>();
    for (int i = 0; i < offered.size(); i++) {
      Section before = i < standing.size() ? standing.get(i) : null;
      sections.add(section(i, offered.get(i), before));
    }
    return sections;
  }

  /// Notes every number of the client's, those too of what is not taken: they are not free.
  private void learn(List<MediaSection> offered) {
    for (MediaSection section : offered) {
      codecs.add(section.codecs());
      meanings.add(Selection.meanings(codecs.getLast()));
      if (!section.stopped()) {
        meanings.getLast().forEach(payloadTypes::learn);
        section.all(ExtensionMap.class).forEach(map -> extensionIds.learn(map.id(), map.uri()));
      }
    }
  }

  private Section section(int index, MediaSection offered, Section before)
      throws NegotiationRefused {
    boolean same =
        before != null
            && before.mid().equals(offered.mid())
            && before.media().equals(offered.media());
    // A closed section's place may be taken by a new one (RFC 9429, section 5.2.2).
    NegotiationRefused.unless(before == null || same || !before.open(), Reason.ORDER);
    Section read = read(index, offered, same && before.ours(), same ? before.outgoing() : null);
    for (Step step : steps) {
      if (step.check().fails(offered)) {
        return read.closed(step.closed());
      }
    }
    return read.kind().rtp() && read.codecs().isEmpty() ? read.closed(Closed.NO_CODEC) : read;
  }

  private Section read(int index, MediaSection offered, boolean ours, Outgoing outgoing) {
    Kind kind = kind(offered);
    Direction client = offer.direction(offered);
    List<String> rids = offered.rids();
    Selection selection = kind == Kind.AUDIO ? audio : video;
    return new Section(
        index,
        offered.media(),
        offered.mid(),
        offered.protocol(),
        offered.formats(),
        ours,
        null,
        client,
        kind.rtp()
            ? selection.answered(codecs.get(index), meanings.get(index), payloadTypes)
            : List.of(),
        extensions(offered, kind),
        client.sends() ? rids.subList(0, Math.min(rids.size(), MOST_RIDS)) : List.of(),
        client.sends() ? offered.sources() : List.of(),
        client.sends() ? offered.msids() : List.of(),
        offered.has(Flag.RTCP_RSIZE) || tagged != null && tagged.has(Flag.RTCP_RSIZE),
        outgoing);
  }

  private List<ExtensionMap> extensions(MediaSection offered, Kind kind) {
    List<ExtensionMap> taken = new ArrayList<>();
    Set<String> uris = new HashSet<>();
    for (ExtensionMap map : offered.all(ExtensionMap.class)) {
      boolean passed =
          capabilities.extensions().stream().anyMatch(e -> e.in(kind) && e.uri().equals(map.uri()));
      if (passed
          && map.id() <= LONGEST_ID
          && map.direction() != Direction.INACTIVE
          && extensionIds.means(map.id(), map.uri())
          && uris.add(map.uri())) {
        taken.add(new ExtensionMap(map.id(), map.direction().reversed(), map.uri(), ""));
      }
    }
    for (HeaderExtension extension : capabilities.extensions()) {
      if (uris.contains(extension.below())) {
        taken.removeIf(map -> map.uri().equals(extension.uri()));
      }
    }
    return taken;
  }

  private static Kind kind(MediaSection section) {
    return Kind.of(section.media());
  }

  private boolean outside(MediaSection section) {
    return bundle.isEmpty() ? section != tagged : !bundle.contains(section.mid());
  }

  private static boolean secured(MediaSection section) {
    String protocol = section.protocol();
    return kind(section).rtp()
        ? protocol.endsWith("RTP/SAVPF") || protocol.endsWith("RTP/SAVP")
        : protocol.endsWith("/DTLS/SCTP");
  }

  /// In a bundle the tagged section may say it for all (RFC 8843, section 9.2).
  private boolean muxed(MediaSection section) {
    return section.has(Flag.RTCP_MUX) || tagged != null && tagged.has(Flag.RTCP_MUX);
  }

  /// One association is enough for a client: a second section for data channels is rejected. Those
  /// that nobody takes are too, unless the section carries the transport: then it stays, and its
  /// association is never answered.
  private boolean unwantedData(MediaSection section) {
    if (kind(section) != Kind.APPLICATION || section == tagged) {
      return false;
    }
    return !capabilities.data() || section != firstData();
  }

  private MediaSection firstData() {
    for (MediaSection section : offer.sections()) {
      if (kind(section) == Kind.APPLICATION && !section.stopped()) {
        return section;
      }
    }
    return null;
  }
}
